package seedance.activities.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import seedance.workflows.generation.Artifact;

/** The files of a chain itself, beside those of its generations. */
public interface ChainPlace {

  /** Makes a film. */
  @FunctionalInterface
  interface FilmMaker {
    /**
     * Writes the whole film.
     *
     * @param file is there, empty, to be overwritten; what throws leaves no film
     */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Has a film made and stores it, in place of an earlier one of this chain. It is there whole or
   * not at all; until then it is on the store's own disk, which has the room.
   *
   * @throws BrokenDownloadException when what was made is no whole film
   * @throws IOException when the maker throws it, or the store cannot be written
   */
  Artifact saveFilm(FilmMaker maker) throws IOException;

  /**
   * Writes the chain's manifest, in place of an earlier one.
   *
   * @return where it is
   * @throws IOException when the store cannot be written
   */
  URI saveManifest(byte[] json) throws IOException;
}
