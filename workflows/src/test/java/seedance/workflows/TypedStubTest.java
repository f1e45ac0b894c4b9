package seedance.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import io.temporal.common.converter.RawValue;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.temporal.common.metadata.POJOWorkflowMethodMetadata;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.workflows.json.Json;

/**
 * The interfaces that callers use say the same as those that a worker registers, which take their
 * arguments unread.
 */
class TypedStubTest {
  @ParameterizedTest
  @CsvSource({
    "seedance.workflows.generation.VideoGenerationWorkflow,"
        + " seedance.workflows.generation.UnreadVideoGeneration",
    "seedance.workflows.chain.VideoChainWorkflow, seedance.workflows.chain.UnreadVideoChain"
  })
  void typedStub_hasEveryMessage_asTheWorkflowTakesIt(Class<?> stub, Class<?> registered) {
    assertThat(messages(stub)).isEqualTo(messages(registered)).isNotEmpty();
  }

  /** The form of each by its name; validators run in the worker alone and no client calls them. */
  private static Map<String, String> messages(Class<?> workflow) {
    Map<String, String> messages = new TreeMap<>();
    for (POJOWorkflowMethodMetadata message :
        POJOWorkflowInterfaceMetadata.newInstance(workflow).getMethodsMetadata()) {
      Method method = message.getWorkflowMethod();
      messages.put(
          message.getType() + " " + message.getName(),
          method.getReturnType().getSimpleName()
              + Arrays.stream(method.getParameterTypes()).map(TypedStubTest::form).toList());
    }
    messages.keySet().removeIf(name -> name.startsWith("UPDATE_VALIDATOR"));
    return messages;
  }

  /** What a typed argument is in JSON, the workflow reads itself. */
  private static String form(Class<?> argument) {
    boolean isJson =
        argument == Json.class
            || argument == RawValue.class
            || Arrays.stream(argument.getMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .anyMatch(method -> method.getReturnType() == Json.class);
    return isJson ? "JSON" : argument.getSimpleName();
  }
}
