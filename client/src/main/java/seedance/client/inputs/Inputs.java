package seedance.client.inputs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.Medium;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.StoredInput;

/**
 * The files on the caller's machine that a body names, and media in it that it cannot be sent with,
 * on their way to be inputs in the store.
 */
public final class Inputs {
  /** Stands for what cannot be used, so that the rules judge the rest. */
  private static final String NO_HASH = "0".repeat(64);

  private final Json body;
  private final Map<LocalFile, StoredInput> names = new HashMap<>();
  private final List<LocalInput> read;

  private Inputs(LocalFiles files) {
    this.read = LocalInput.read(files);
    for (LocalInput input : read) {
      names.put(input.place(), name(input).orElseGet(() -> noName(input.place().medium())));
    }
    this.body = files.replacedBy(file -> URI.create(names.get(file).url()));
  }

  /**
   * Reads the files that a body names.
   *
   * @param written a request, or a chain by its {@code steps}; it need not be valid
   * @param folder from which relative paths count
   * @param inline what becomes of media in the body itself
   */
  public static Inputs of(Json written, Path folder, Inlining inline) {
    return new Inputs(
        LocalFiles.in(
            Objects.requireNonNull(written, "written"),
            Objects.requireNonNull(folder, "folder"),
            Objects.requireNonNull(inline, "inline")));
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return read.isEmpty();
  }

  /** Returns why the service would not take files; the body means nothing where there are any. */
  public List<Violation> faults(ModelCatalogue catalogue) {
    return new InputLimits(catalogue).check(read);
  }

  /** The body with each file as an input in the store, which it need not be yet. */
  public Json body() {
    return body;
  }

  /**
   * Puts every file into the store.
   *
   * @throws IOException as {@link MediaStore#put}
   */
  public void putInto(MediaStore store) throws IOException {
    for (LocalInput input : read) {
      Optional<StoredInput> name = name(input);
      if (name.isPresent()) {
        input.place().source().putInto(store, name.get());
      }
    }
  }

  private static Optional<StoredInput> name(LocalInput input) {
    return input.file() instanceof MediaFile.Found found ? found.name() : Optional.empty();
  }

  private static StoredInput noName(Medium medium) {
    return new StoredInput(
        NO_HASH,
        switch (medium) {
          case IMAGE -> "png";
          case VIDEO -> "mp4";
          case AUDIO -> "wav";
        });
  }
}
