package seedance.worker.dev.simulator.clip;

/** The pictures of one clip, made when asked for. */
final class Reel {

  /** Eight a second: smooth enough to see what moves, and small. */
  static final int PICTURES_PER_SECOND = 8;

  static final int TICKS_PER_PICTURE = ClipSpec.TICKS_PER_SECOND / PICTURES_PER_SECOND;

  private final ClipSpec spec;
  private final Drawing scene;

  Reel(ClipSpec spec) {
    this.spec = spec;
    this.scene = new Drawing(spec.seed(), spec.size());
  }

  int length() {
    return (spec.ticks() + TICKS_PER_PICTURE - 1) / TICKS_PER_PICTURE;
  }

  Mosaic picture(int index) {
    Footage given = spec.given();
    if (index == length() - 1 && given.ending().isPresent()) {
      return given.ending().get();
    }
    if (index < given.opening().size()) {
      return given.opening().get(index);
    }
    Mosaic drawn = new Mosaic(spec.size());
    scene.paint(drawn, (double) index / PICTURES_PER_SECOND);
    return drawn;
  }

  Mosaic last() {
    return picture(length() - 1);
  }
}
