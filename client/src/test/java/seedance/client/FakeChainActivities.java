package seedance.client;

import java.net.URI;
import java.time.Instant;
import seedance.workflows.chain.ChainManifest;
import seedance.workflows.chain.ChainRules;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.chain.FindGenerationActivity;
import seedance.workflows.chain.FindRequest;
import seedance.workflows.chain.FoundGeneration;
import seedance.workflows.chain.JoinActivity;
import seedance.workflows.chain.JoinOutcome;
import seedance.workflows.chain.JoinRequest;
import seedance.workflows.chain.StoreChainActivity;
import seedance.workflows.chain.ValidateChainActivity;
import seedance.workflows.generation.Problem;
import seedance.workflows.json.Json;

/** A chain's own activities in their simplest form: the real rules, and a store with nothing. */
public final class FakeChainActivities
    implements ValidateChainActivity, FindGenerationActivity, JoinActivity, StoreChainActivity {

  @Override
  public ChainVerdict validate(Json chain, Json options) {
    return ChainVerdict.of(ChainRules.builtIn().check(chain, options));
  }

  @Override
  public FoundGeneration find(FindRequest request) {
    return new FoundGeneration.Absent("the store has nothing of it");
  }

  @Override
  public JoinOutcome join(JoinRequest request) {
    return new JoinOutcome.NotJoined(new Problem("the worker has no ffmpeg", Instant.EPOCH));
  }

  @Override
  public URI store(ChainManifest manifest) {
    return URI.create("file:///clips/" + manifest.workflowId() + "/chain.json");
  }
}
