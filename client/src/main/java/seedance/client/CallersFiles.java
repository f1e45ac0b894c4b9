package seedance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import seedance.client.inputs.Inlining;
import seedance.client.inputs.Inputs;
import seedance.client.inputs.MediaStore;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;

/**
 * What bodies name of the caller's machine, and what they hold that they cannot be sent with.
 *
 * @param store where it goes; empty where paths are left to the rules, which refuse them
 */
record CallersFiles(Optional<MediaStore> store, ModelCatalogue catalogue) {
  CallersFiles {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(catalogue, "catalogue");
  }

  /**
   * A body with that in the store.
   *
   * @throws InvalidRequestException if the service would not take a file
   * @throws UncheckedIOException if one cannot be put into the store
   */
  Json stored(Json body) {
    if (store.isEmpty()) {
      return body;
    }
    Inputs inputs = Inputs.of(body, Path.of(""), Inlining.FITTING);
    List<Violation> faults = inputs.faults(catalogue);
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    try {
      inputs.putInto(store.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inputs.body();
  }
}
