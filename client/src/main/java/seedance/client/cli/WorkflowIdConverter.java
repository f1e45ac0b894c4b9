package seedance.client.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import seedance.workflows.request.GenerationReference;

/** Takes only what Temporal takes as a workflow's id. */
final class WorkflowIdConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!GenerationReference.isWorkflowId(text)) {
      throw new TypeConversionException("an id is not blank and has at most 1000 characters");
    }
    return text;
  }
}
