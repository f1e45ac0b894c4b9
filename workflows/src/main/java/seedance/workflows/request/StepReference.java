package seedance.workflows.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another step of the same chain makes: {@code step://ID/video}, {@code step://ID/last_frame}
 * or {@code step://ID/task}. It has a meaning inside a chain only.
 *
 * @param stepId 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}
 * @param output what of it
 */
public record StepReference(String stepId, GenerationOutput output) implements OutputReference {
  private static final String SCHEME = "step:";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern URL = Pattern.compile("step://([^/]*)/([a-z_]*)");

  /**
   * @throws IllegalArgumentException if the id is none
   */
  public StepReference {
    if (!isStepId(stepId)) {
      throw new IllegalArgumentException("not a step's id");
    }
    Objects.requireNonNull(output, "output");
  }

  /** Whether a step can have this id. */
  public static boolean isStepId(String id) {
    return ID.matcher(id).matches();
  }

  /** Returns the id of the child workflow that runs a step of a chain: {@code CHAIN-ID.STEP-ID}. */
  public static String workflowId(String chainWorkflowId, String stepId) {
    return chainWorkflowId + "." + stepId;
  }

  /** Reads a reference; empty where the text is none that is written right. */
  public static Optional<StepReference> of(String text) {
    Matcher url = URL.matcher(text);
    return url.matches() && isStepId(url.group(1))
        ? GenerationOutput.of(url.group(2)).map(output -> new StepReference(url.group(1), output))
        : Optional.empty();
  }

  /**
   * Reads a reference that was checked before.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StepReference fromUrl(String url) {
    return of(url).orElseThrow(() -> new IllegalArgumentException("not a reference to a step"));
  }

  static boolean isMeant(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** The same output of the child workflow that runs the step in a chain. */
  public GenerationReference inChain(String chainWorkflowId) {
    return new GenerationReference(workflowId(chainWorkflowId, stepId), output);
  }

  @Override
  @JsonValue
  public String url() {
    return SCHEME + "//" + stepId + "/" + output.label();
  }
}
