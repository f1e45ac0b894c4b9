package seedance.client.cli;

/** How much of something is done, as a bar. */
final class Bar {
  private static final int COLUMNS = 10;

  private Bar() {}

  /**
   * @param share from 0 to 1
   */
  static String of(double share) {
    int full = (int) Math.min(COLUMNS, Math.max(0, Math.round(share * COLUMNS)));
    return "▮".repeat(full) + "▯".repeat(COLUMNS - full);
  }
}
