package seedance.client;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seedance.workflows.chain.ChainPlan;
import seedance.workflows.generation.CheckedGeneration;
import seedance.workflows.json.Verdict;
import seedance.workflows.request.GenerationMode;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.VideoRequest;

/**
 * What a generation or a chain is called in the Temporal UI and in its workflow's id. Never a
 * prompt, a URL or anything else that the caller wrote freely.
 *
 * @param summary one line, such as {@code text · doubao-seedance-2-0 · 720p · 5 s}
 * @param details Markdown for the UI's tab of user metadata
 * @param slug for ids, such as {@code text-doubao-seedance-2-0}
 */
record RequestLabels(String summary, String details, String slug) {
  private static final int LONGEST_MODEL_IN_ID = 40;

  /** For a body that breaks the rules: nothing of it is trusted to be what it looks like. */
  private static final RequestLabels OF_INVALID =
      new RequestLabels(
          "a request that breaks the rules",
          "The request breaks the rules as the client knows them; the failure names how.",
          "invalid");

  /** For a task that exists already, of which nothing else is known. */
  private static final RequestLabels OF_ADOPTION =
      new RequestLabels(
          "an adopted task",
          "Nothing is submitted: the task of `options.adopt` is awaited and its clip stored.",
          "adopted");

  static RequestLabels ofChain(Verdict<ChainPlan> verdict) {
    return verdict.value().map(RequestLabels::of).orElse(OF_INVALID);
  }

  private static RequestLabels of(ChainPlan plan) {
    int steps = plan.steps().size();
    StringJoiner details = new StringJoiner("\n");
    plan.steps().forEach(step -> details.add("- **" + step.id() + ":** " + step.summary()));
    details.add("\n```text").add(plan.graph().strip()).add("```");
    return new RequestLabels(
        "chain · " + steps + (steps == 1 ? " step" : " steps"), details.toString(), "chain");
  }

  static RequestLabels ofGeneration(Verdict<CheckedGeneration> verdict, ModelCatalogue catalogue) {
    return verdict.value().map(checked -> of(checked, catalogue)).orElse(OF_INVALID);
  }

  private static RequestLabels of(CheckedGeneration checked, ModelCatalogue catalogue) {
    return checked
        .request()
        .map(request -> of(request, checked.notes(), catalogue))
        .orElse(OF_ADOPTION);
  }

  private static RequestLabels of(
      VideoRequest request, List<String> notes, ModelCatalogue catalogue) {
    String mode = request.mode().label();
    StringJoiner details = new StringJoiner("\n");
    details.add("- **Mode:** " + mode + inputs(request.mode()));
    details.add("- **Model:** `" + request.model() + "`");
    catalogue.resolution(request).ifPresent(value -> details.add("- **Resolution:** " + value));
    request.settings().ratio().ifPresent(value -> details.add("- **Ratio:** " + value));
    catalogue.seconds(request).ifPresent(length -> details.add("- **Length:** " + length + " s"));
    request.settings().seed().ifPresent(value -> details.add("- **Seed:** " + value));
    notes.forEach(note -> details.add("- **Note:** " + note));
    return new RequestLabels(
        catalogue.summary(request), details.toString(), slug(mode, request.model()));
  }

  private static String inputs(GenerationMode mode) {
    if (mode instanceof GenerationMode.Frames frames) {
      return frames.lastFrame().isPresent()
          ? ", from a first and a last frame"
          : ", from a first frame";
    }
    if (mode instanceof GenerationMode.Reference reference) {
      return ", from "
          + Stream.of(
                  counted(reference.images().size(), "image"),
                  counted(reference.videos().size(), "video"),
                  counted(reference.audios().size(), "audio"))
              .flatMap(Optional::stream)
              .collect(Collectors.joining(", "));
    }
    return "";
  }

  private static Optional<String> counted(int count, String medium) {
    return count == 0
        ? Optional.empty()
        : Optional.of(count + " " + medium + (count == 1 ? "" : "s"));
  }

  private static String slug(String mode, String model) {
    String safe = model.replaceAll("[^A-Za-z0-9._-]+", "-");
    return mode + "-" + safe.substring(0, Math.min(safe.length(), LONGEST_MODEL_IN_ID));
  }
}
