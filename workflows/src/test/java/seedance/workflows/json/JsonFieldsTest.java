package seedance.workflows.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

  @Test
  void unknownFields_beyondThoseThatAreNamed_areOnlyCounted() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      fields.put("field" + i, 1);
    }
    Violations found = new Violations();
    List<String> checked = new ArrayList<>();

    JsonFields.of(new Json(fields), "$", found)
        .orElseThrow()
        .refuseOthers(
            name -> {
              checked.add(name);
              return "is unknown";
            });

    assertThat(checked).hasSize(Violations.MOST_NAMED);
    assertThat(found.count()).isEqualTo(1_000);
    assertThat(found.list()).last().extracting(Violation::message).asString().contains("900 more");
  }
}
