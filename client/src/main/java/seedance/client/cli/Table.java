package seedance.client.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under a heading, each column as wide as its widest cell; CJK counts two. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heading) {
    rows.add(List.of(heading));
  }

  void row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has as many cells as the heading");
    }
    rows.add(Arrays.stream(cells).map(Visible::oneLine).toList());
  }

  void print(PrintStream out) {
    List<Integer> widths =
        IntStream.range(0, rows.get(0).size())
            .mapToObj(i -> rows.stream().mapToInt(row -> TextWidth.of(row.get(i))).max().orElse(0))
            .toList();
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, row.size())
              .mapToObj(i -> TextWidth.padded(row.get(i), widths.get(i)))
              .collect(Collectors.joining(GAP));
      out.println(line.stripTrailing());
    }
  }
}
