package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import seedance.workflows.json.Json;

/** Checks a request before it costs anything; its verdict is recorded in history. */
@ActivityInterface
public interface ValidateActivity {

  /**
   * Holds a request and its options to the rules of the catalogue in force on this worker.
   *
   * @param request the body as the client sent it, {@code null} allowed
   * @param options as the client sent them, {@code null} for the defaults
   */
  @ActivityMethod(name = "SeedanceValidate")
  Validation validate(@Nullable Json request, @Nullable Json options);
}
