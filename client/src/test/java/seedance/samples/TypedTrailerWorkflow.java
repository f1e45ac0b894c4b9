package seedance.samples;

import static seedance.workflows.chain.ChainStep.extend;
import static seedance.workflows.chain.ChainStep.step;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.net.URI;
import seedance.workflows.chain.Chain;
import seedance.workflows.chain.ChainOptions;
import seedance.workflows.chain.ChainResult;
import seedance.workflows.chain.VideoChainWorkflow;
import seedance.workflows.generation.FailureType.FailureClass;
import seedance.workflows.generation.GenerationFailure;
import seedance.workflows.generation.GenerationOptions;
import seedance.workflows.generation.GenerationResult;
import seedance.workflows.generation.VideoGenerationWorkflow;
import seedance.workflows.request.Extension;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.Request;

/** With the types of {@code seedance-workflows}, and nothing else of ours. */
public final class TypedTrailerWorkflow implements TrailerWorkflow {
  private static final String MODEL = "doubao-seedance-2-0";

  @Override
  public Trailer make(String prompt, String tamePrompt) {
    String made = "poster";
    GenerationResult poster;
    try {
      poster = generate(made, prompt); // a child VideoGeneration, as above
    } catch (ChildWorkflowFailure failed) {
      GenerationFailure why = GenerationFailure.in(failed).orElseThrow(() -> failed); // cancelled
      if (why.failureClass() != FailureClass.MODERATION) {
        throw failed; // why.type(), why.charged(), why.advice()
      }
      made = "tame-poster";
      poster = generate(made, tamePrompt);
    }
    GenerationReference clip = new GenerationReference(id(made), GenerationOutput.VIDEO);
    Chain chain =
        Chain.of(
            step("longer", Extension.of(clip, "it goes on").model(MODEL)),
            step("ending", extend("longer", "it ends")));
    ChainResult film =
        Workflow.newChildWorkflowStub(VideoChainWorkflow.class, child("film"))
            .run(chain, ChainOptions.DEFAULTS);
    URI ending = film.step("ending").video().location();
    return new Trailer(
        poster.video().location().toString(), ending.toString(), made.equals("tame-poster"));
  }

  private static GenerationResult generate(String name, String prompt) {
    VideoGenerationWorkflow generation =
        Workflow.newChildWorkflowStub(VideoGenerationWorkflow.class, child(name));
    Request request = Request.of(MODEL).text(prompt).build();
    return generation.generate(request, GenerationOptions.DEFAULTS);
  }

  private static ChildWorkflowOptions child(String name) {
    return ChildWorkflowOptions.newBuilder()
        .setTaskQueue("seedance") // leave it out where your own worker has the module
        .setWorkflowId(id(name))
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
        .build();
  }

  private static String id(String name) {
    return Workflow.getInfo().getWorkflowId() + "-" + name;
  }
}
