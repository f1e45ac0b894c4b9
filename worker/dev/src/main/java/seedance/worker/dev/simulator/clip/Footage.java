package seedance.worker.dev.simulator.clip;

import java.util.List;
import java.util.Optional;

/**
 * Pictures that a clip shows in place of drawn ones.
 *
 * @param opening what it begins with, in order; fewer than it has pictures
 * @param ending what it ends with
 */
public record Footage(List<Mosaic> opening, Optional<Mosaic> ending) {

  /** A clip that is all drawn. */
  public static final Footage NONE = new Footage(List.of(), Optional.empty());

  /** Copies the list. */
  public Footage {
    opening = List.copyOf(opening);
  }

  /** Makes footage of any pictures, for clips of one size. */
  public static Footage of(
      PictureSize size, List<? extends Picture> opening, Optional<? extends Picture> ending) {
    return new Footage(
        opening.stream().map(picture -> Mosaic.of(picture, size)).toList(),
        ending.map(picture -> Mosaic.of(picture, size)));
  }

  /** The same pictures for clips of another size. */
  public Footage resized(PictureSize size) {
    return of(size, opening, ending);
  }
}
