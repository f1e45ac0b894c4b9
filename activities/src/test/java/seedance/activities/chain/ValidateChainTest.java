package seedance.activities.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seedance.activities.generation.StoredFixture;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.workflows.chain.ChainVerdict;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.ModelCatalogue;

/** The verdict is that of the rules, with the catalogue in force. */
class ValidateChainTest {
  @TempDir Path root;

  private static final Json CHAIN =
      new Json(
          Map.of(
              "steps",
              List.of(
                  Map.of(
                      "id",
                      "opening",
                      "request",
                      Map.of(
                          "model",
                          "doubao-seedance-2-0",
                          "content",
                          List.of(Map.of("type", "text", "text", "a cat")))))));

  @Test
  void validChain_hasAPlan_byThePricesInForce() {
    ChainVerdict verdict = validate().validate(CHAIN, null);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            ChainVerdict.Valid.class,
            valid -> {
              assertThat(valid.plan().steps()).hasSize(1);
              assertThat(valid.plan().worstCase()).isNotNull();
            });
  }

  @Test
  void absentArguments_areNamedViolations() {
    assertThat(validate().validate(null, null)).isInstanceOf(ChainVerdict.Invalid.class);
  }

  @Test
  void chainToReuse_ofWhichTheStoreHasNothing_isRefused_asAllWouldBePaidAgain() throws Exception {
    Json reuse = new Json(Map.of("reuse", "film"));

    assertThat(validate().validate(CHAIN, reuse))
        .isInstanceOfSatisfying(
            ChainVerdict.Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .singleElement()
                    .extracting(Violation::path)
                    .isEqualTo("options.reuse"));

    StoredFixture.store(
        new FolderStore(root), "film.opening", "cgt-1", MediaBytes.mp4(99), new byte[0]);
    assertThat(validate().validate(CHAIN, reuse)).isInstanceOf(ChainVerdict.Valid.class);
  }

  @Test
  void storeThatDoesNotWork_refusesNoReuse() {
    ValidateChain validate =
        new ValidateChain(ModelCatalogue.builtIn(), new FolderStore(root.resolve("not-mounted")));

    assertThat(validate.validate(CHAIN, new Json(Map.of("reuse", "film"))))
        .isInstanceOf(ChainVerdict.Valid.class);
  }

  private ValidateChain validate() {
    return new ValidateChain(ModelCatalogue.builtIn(), new FolderStore(root));
  }
}
