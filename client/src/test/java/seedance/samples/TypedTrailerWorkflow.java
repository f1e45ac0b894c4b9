package seedance.samples;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.json.Json;

/** With the types of {@code seedance-workflows}, and nothing else of ours. */
public final class TypedTrailerWorkflow implements TrailerWorkflow {

  @Override
  public Trailer make(String prompt, String tamePrompt) {
    String made = "poster";
    GenerationResult poster;
    try {
      poster = generate(made, prompt);
    } catch (ChildWorkflowFailure failed) {
      if (!isModeration(failed)) {
        throw failed;
      }
      made = "tame-poster";
      poster = generate(made, tamePrompt);
    }
    ChainResult film =
        Workflow.newChildWorkflowStub(VideoChainWorkflow.class, child("film"))
            .run(chain(id(made)), Json.NULL);
    return new Trailer(
        poster.artifacts().get(0).location().toString(),
        film.steps().get(1).result().artifacts().get(0).location().toString(),
        made.equals("tame-poster"));
  }

  private static GenerationResult generate(String name, String prompt) {
    return Workflow.newChildWorkflowStub(VideoGenerationWorkflow.class, child(name))
        .generate(body(List.of(text(prompt))), Json.NULL);
  }

  private static boolean isModeration(ChildWorkflowFailure failed) {
    return failed.getCause() instanceof ApplicationFailure why
        && why.getDetails().get(GenerationFailure.class).failureClass() == FailureClass.MODERATION;
  }

  private static Json chain(String poster) {
    return new Json(
        Map.of(
            "steps",
            List.of(
                step("longer", body(List.of(text("it goes on"), video("generation://" + poster)))),
                step("ending", body(List.of(text("it ends"), video("step://longer")))))));
  }

  private static Map<String, Object> step(String id, Json request) {
    return Map.of("id", id, "request", request.tree());
  }

  private static Json body(List<Map<String, Object>> content) {
    return new Json(Map.of("model", "doubao-seedance-2-0", "content", content));
  }

  private static Map<String, Object> text(String text) {
    return Map.of("type", "text", "text", text);
  }

  private static Map<String, Object> video(String of) {
    return Map.of(
        "type", "video_url", "video_url", Map.of("url", of + "/video"), "role", "reference_video");
  }

  private static ChildWorkflowOptions child(String name) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id(name))
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
        .build();
  }

  private static String id(String name) {
    return Workflow.getInfo().getWorkflowId() + "-" + name;
  }
}
