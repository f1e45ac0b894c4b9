package seedance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import seedance.workflows.json.InvalidException;
import seedance.workflows.json.Json;

class StartTest {

  @Test
  void options_areOnTopOfThoseSaidBefore() {
    GenerationStart start =
        GenerationStart.withId("shot-7")
            .options(Json.parse("{\"allowUnknownFields\":true}"))
            .options(o -> o.deadline(Duration.ofHours(2)));

    assertThat(start.options().isTrue("allowUnknownFields")).isTrue();
    assertThat(start.options().text("deadline")).contains("PT2H");
    ChainStart chain =
        ChainStart.withNewId().options(o -> o.maxParallel(2)).options(o -> o.reuse("film-6"));
    assertThat(chain.options().at("maxParallel").tree()).isEqualTo(2);
    assertThat(chain.options().text("reuse")).contains("film-6");
  }

  @Test
  void withoutOptions_noneAreSent() {
    assertThat(GenerationStart.withNewId().options()).isEqualTo(Json.NULL);
    assertThat(ChainStart.withNewId().options()).isEqualTo(Json.NULL);
  }

  @Test
  void jsonOptions_mayBeWrong_untilTheyAreBuiltOn() {
    Json wrong = Json.parse("{\"deadline\":\"soon\"}");

    GenerationStart start = GenerationStart.withNewId().options(wrong);

    assertThat(start.options()).isEqualTo(wrong);
    assertThatThrownBy(() -> start.options(o -> o.allowUnknownFields(true)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("options.deadline");
  }

  @Test
  void aBlankId_isNone() {
    assertThatThrownBy(() -> GenerationStart.withId(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChainStart.withId("")).isInstanceOf(IllegalArgumentException.class);
  }
}
