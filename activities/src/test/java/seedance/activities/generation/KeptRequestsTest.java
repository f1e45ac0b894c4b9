package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.store.FolderStore;
import seedance.workflows.json.Json;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.RequestRules;

class KeptRequestsTest {
  @TempDir Path folder;

  @Test
  void requestAsDeepAsTheRulesAllow_isReadBack() throws Exception {
    Json request = deepest();
    FolderStore store = new FolderStore(folder);
    store.keepRequest("my-id", "run-7", request.write());

    assertThat(new KeptRequests(store).find("my-id", "run-7")).contains(request);
  }

  private static Json deepest() {
    RequestRules rules = new RequestRules(ModelCatalogue.builtIn());
    Json deepest = deep(1);
    for (int levels = 2; rules.check(deep(levels), true).isValid(); levels++) {
      deepest = deep(levels);
    }
    return deepest;
  }

  private static Json deep(int levels) {
    Object nested = List.of();
    for (int level = 1; level < levels; level++) {
      nested = new ArrayList<>(List.of(nested));
    }
    return new Json(
        Map.of(
            "model",
            "doubao-seedance-2-0-fast",
            "content",
            List.of(Map.of("type", "text", "text", "a cat")),
            "unknown",
            nested));
  }
}
