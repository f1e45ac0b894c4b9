package seedance.activities.generation;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import seedance.activities.store.ArtifactStore;
import seedance.workflows.generation.ValidateActivity;
import seedance.workflows.generation.Validation;
import seedance.workflows.json.Json;
import seedance.workflows.request.InlineMedia;

/**
 * Keeps a valid request in the store until its clip is there, so that no attempt to store the clip
 * has to carry it. A store that does not work holds nothing up: the request is carried then.
 */
final class ValidateAndKeep implements ValidateActivity {
  private static final Logger log = LoggerFactory.getLogger(ValidateAndKeep.class);

  private final ValidateActivity rules;
  private final ArtifactStore store;

  ValidateAndKeep(ValidateActivity rules, ArtifactStore store) {
    this.rules = Objects.requireNonNull(rules, "rules");
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public Validation validate(@Nullable Json request, @Nullable Json options) {
    Validation verdict = rules.validate(request, options);
    Json body = Json.orNull(request);
    if (!(verdict instanceof Validation.Valid valid) || body.isNull()) {
      return verdict;
    }
    ActivityInfo run = Activity.getExecutionContext().getInfo();
    try {
      store.keepRequest(
          run.getWorkflowId(), run.getWorkflowRunId(), InlineMedia.without(body).write());
      return new Validation.Valid(valid.plan(), run.getWorkflowRunId());
    } catch (IOException e) {
      log.warn("The request travels with every hand-off: {}", StoreTrouble.inWords(e));
      return verdict;
    }
  }
}
