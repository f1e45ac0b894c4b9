package seedance.workflows.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static seedance.workflows.chain.ChainStep.extend;
import static seedance.workflows.chain.ChainStep.step;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import seedance.workflows.generation.OnCancel;
import seedance.workflows.json.Json;
import seedance.workflows.json.Violation;
import seedance.workflows.request.Extension;
import seedance.workflows.request.GenerationOutput;
import seedance.workflows.request.GenerationReference;
import seedance.workflows.request.ModelCatalogue;
import seedance.workflows.request.Request;

class ChainTest {
  private static final Request OPENING =
      Request.of("doubao-seedance-2-0").text("a cat").resolution("480p").ratio("1:1").build();

  private static List<String> violationPaths(Chain chain) {
    return new ChainRules(ModelCatalogue.builtIn())
        .check(chain.json(), Json.NULL).violations().stream().map(Violation::path).toList();
  }

  @Test
  void anExtendingStep_isLikeTheStepThatItExtends_whereverThatStands() {
    Chain chain =
        Chain.of(
            step("longest", extend("longer", "and on").duration(6)),
            step("longer", extend("opening", "it goes on").ratio("16:9")).afterApproval(),
            step("opening", OPENING));

    Json longest = chain.json().at("steps[0].request");
    assertThat(longest.fields())
        .containsEntry("model", "doubao-seedance-2-0")
        .containsEntry("resolution", "480p")
        .containsEntry("ratio", "16:9")
        .containsEntry("duration", 6);
    assertThat(longest.at("content[1].video_url.url").text()).contains("step://longer/video");
    assertThat(chain.json().at("steps[1]").isTrue("approve")).isTrue();
    assertThat(chain.json().at("steps[2].request")).isEqualTo(OPENING.json());
    assertThat(violationPaths(chain)).isEmpty();
  }

  @Test
  void anExtensionOfNoStep_orOfItself_isNamedByTheRules() {
    assertThat(
            violationPaths(
                Chain.of(step("opening", OPENING), step("longer", extend("opnin", "…")))))
        .contains("steps[1].request.content[1].video_url.url");
    assertThat(violationPaths(Chain.of(step("a", extend("b", "…")), step("b", extend("a", "…")))))
        .contains("steps[0].request.model");
  }

  @Test
  void anExtensionOfAnEarlierGeneration_namesItsModel() {
    Extension extension =
        Extension.of(new GenerationReference("shot-7", GenerationOutput.VIDEO), "it goes on");

    assertThat(violationPaths(Chain.of(step("a", extension)))).contains("steps[0].request.model");
    assertThat(violationPaths(Chain.of(step("a", extension.model("doubao-seedance-2-0")))))
        .isEmpty();
  }

  @Test
  void twoStepsOfOneId_areNamedByTheRules() {
    assertThat(violationPaths(Chain.of(step("a", OPENING), step("a", OPENING))))
        .containsExactly("steps[1].id");
  }

  @Test
  void jsonText_isAWayIn_unchanged() {
    Chain chain = Chain.of(step("opening", OPENING));

    assertThat(Chain.parse(new String(chain.json().write()))).isEqualTo(chain);
    assertThatThrownBy(() -> Chain.parse("[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an array");
  }

  @Test
  void optionsOfEveryGeneration_areBuiltWithTheChains() {
    ChainOptions options =
        ChainOptions.builder()
            .join("opening")
            .generation(o -> o.allowUnknownFields(true))
            .generation(o -> o.onCancel(OnCancel.COLLECT))
            .build();

    assertThat(options.generation().allowUnknownFields()).isTrue();
    assertThat(options.json().at("generation.onCancel").text()).contains("COLLECT");
    assertThat(ChainOptions.check(options.json()).value()).isEqualTo(Optional.of(options));
  }
}
