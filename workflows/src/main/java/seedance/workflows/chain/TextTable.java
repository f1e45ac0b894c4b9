package seedance.workflows.chain;

import java.util.ArrayList;
import java.util.List;

/** Columns of plain text, narrow enough for the Temporal UI's pane. */
final class TextTable {
  /** Together they and the gaps stay at about 60 columns. */
  private static final int WIDEST_CELL = 18;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    row(header);
  }

  void row(String... cells) {
    List<String> cut = new ArrayList<>();
    for (String cell : cells) {
      cut.add(
          cell.length() <= WIDEST_CELL
              ? cell
              // The end tells numbered names apart.
              : cell.substring(0, WIDEST_CELL - 7) + "…" + cell.substring(cell.length() - 6));
    }
    rows.add(cut);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
