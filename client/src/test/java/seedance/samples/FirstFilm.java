package seedance.samples;

import static seedance.workflows.chain.ChainStep.extend;
import static seedance.workflows.chain.ChainStep.step;

import io.temporal.client.WorkflowClient;
import java.net.URI;
import java.time.Duration;
import seedance.client.ChainHandle;
import seedance.client.ChainStart;
import seedance.client.GenerationHandle;
import seedance.client.GenerationStart;
import seedance.client.SeedanceClient;
import seedance.workflows.chain.Chain;
import seedance.workflows.request.Money;
import seedance.workflows.request.Request;

/** A clip, and a chain of two, with {@code seedance-client}. */
final class FirstFilm {
  private FirstFilm() {}

  /** Where the clip is stored. */
  static URI clip(WorkflowClient workflowClient, String url) {
    SeedanceClient seedance = new SeedanceClient(workflowClient);
    Request request =
        Request.of("doubao-seedance-2-0")
            .text("一只橘猫")
            .firstFrame(url)
            .ratio("16:9")
            .duration(5)
            .build();
    GenerationHandle clip =
        seedance.start(
            request,
            GenerationStart.withId("shot-7").options(o -> o.deadline(Duration.ofHours(2))));
    URI video =
        clip.result().video().location(); // or a FailedException: type(), charged(), advice()
    return video;
  }

  /** Where the second step's clip is stored. */
  static URI film(SeedanceClient seedance, Request request) {
    Chain chain =
        Chain.of(
            step("opening", request), step("longer", extend("opening", "它伸了个懒腰")).afterApproval());
    ChainHandle film =
        seedance.startChain(
            chain.join("opening", "longer"),
            ChainStart.withId("film-7").options(o -> o.budget(Money.of("50", "CNY"))));
    film.approve("longer");
    URI longer = film.result().step("longer").video().location();
    return longer;
  }
}
