package seedance.samples;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;

/** By names and JSON alone: no artifact of ours. */
public final class UntypedTrailerWorkflow implements TrailerWorkflow {

  @Override
  public Trailer make(String prompt, String tamePrompt) {
    String made = "poster";
    Map<?, ?> poster;
    try {
      poster = run("VideoGeneration", made, body(List.of(text(prompt))));
    } catch (ChildWorkflowFailure failed) {
      if (!(failed.getCause() instanceof ApplicationFailure why)
          || !"moderation".equals(why.getDetails().get(Map.class).get("failureClass"))) {
        throw failed;
      }
      made = "tame-poster";
      poster = run("VideoGeneration", made, body(List.of(text(tamePrompt))));
    }
    Map<String, Object> chain =
        Map.of(
            "steps",
            List.of(
                Map.of(
                    "id",
                    "longer",
                    "request",
                    body(List.of(text("it goes on"), video("generation://" + id(made))))),
                Map.of(
                    "id",
                    "ending",
                    "request",
                    body(List.of(text("it ends"), video("step://longer"))))));
    Map<?, ?> film = run("VideoChain", "film", chain);
    Map<?, ?> ending = (Map<?, ?>) ((List<?>) film.get("steps")).get(1);
    return new Trailer(
        clip(poster), clip((Map<?, ?>) ending.get("result")), made.equals("tame-poster"));
  }

  private static Map<?, ?> run(String type, String name, Map<String, Object> argument) {
    return Workflow.newUntypedChildWorkflowStub(
            type,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id(name))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .build())
        .execute(Map.class, argument);
  }

  private static String clip(Map<?, ?> result) {
    Map<?, ?> video = (Map<?, ?>) ((List<?>) result.get("artifacts")).get(0);
    return (String) video.get("location");
  }

  private static Map<String, Object> body(List<Map<String, Object>> content) {
    return Map.of("model", "doubao-seedance-2-0", "content", content);
  }

  private static Map<String, Object> text(String text) {
    return Map.of("type", "text", "text", text);
  }

  private static Map<String, Object> video(String of) {
    return Map.of(
        "type", "video_url", "video_url", Map.of("url", of + "/video"), "role", "reference_video");
  }

  private static String id(String name) {
    return Workflow.getInfo().getWorkflowId() + "-" + name;
  }
}
