package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import seedance.workflows.json.Json;

/** What holds for every reference and for everything that is none. */
class OutputReferencePropertiesTest {
  @Property
  void everyWorkflowId_isPrintedAndReadBack(
      @ForAll String workflowId, @ForAll GenerationOutput output) {
    if (GenerationReference.isWorkflowId(workflowId)) {
      GenerationReference reference = new GenerationReference(workflowId, output);
      assertThat(reference.url()).matches("generation://[A-Za-z0-9.*_%-]+/[a-z_]+");
      assertThat(OutputReference.of(reference.url())).contains(reference);
    }
  }

  @Property
  void noText_makesTheReaderThrow(@ForAll String text) {
    assertThat(OutputReference.of("generation://" + text + "/video")).isNotNull();
    assertThat(OutputReference.of("step://" + text + "/video")).isNotNull();
    assertThat(OutputReference.of(text)).isNotNull();
  }

  @Property
  void noJson_makesTheReferencesThrow(@ForAll String text, @ForAll int number) {
    for (Object tree :
        List.of(
            text,
            number,
            Map.of("content", text),
            Map.of("content", List.of(text, number, Map.of("type", text))),
            Map.of("content", List.of(Map.of("type", "video_url", "video_url", text))))) {
      Json json = new Json(tree);
      assertThat(RequestReferences.in(json)).isEmpty();
      assertThat(RequestReferences.replaced(json, reference -> "x")).isEqualTo(json);
    }
  }
}
