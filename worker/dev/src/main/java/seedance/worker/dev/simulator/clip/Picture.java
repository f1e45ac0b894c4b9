package seedance.worker.dev.simulator.clip;

/** Something to be seen, of any size. */
public interface Picture {

  /** In pixels, at least 1. */
  int width();

  /** In pixels, at least 1. */
  int height();

  /**
   * The colour of one pixel.
   *
   * @param x from the left, less than {@link #width()}
   * @param y from the top, less than {@link #height()}
   * @return {@code 0xRRGGBB}; what is above is undefined
   */
  int rgb(int x, int y);
}
