package seedance.client;

import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.payload.context.SerializationContext;
import seedance.workflows.json.Json;
import seedance.workflows.json.UnreadArgument;

/** Reads what a history holds by the client's own converter, whatever the encoding is called. */
final class HistoryJson {
  private final DataConverter converter;

  HistoryJson(DataConverter converter) {
    this.converter = converter;
  }

  /**
   * Returns JSON null where there is no such payload, and where it is no JSON.
   *
   * @throws RuntimeException of the converter or its codec, if it cannot decode it
   */
  Json at(int index, Payloads payloads, SerializationContext context) {
    if (index >= payloads.getPayloadsCount()) {
      return Json.NULL;
    }
    RawValue raw =
        converter
            .withContext(context)
            .fromPayload(payloads.getPayloads(index), RawValue.class, RawValue.class);
    return UnreadArgument.read(raw, "$").value().orElse(Json.NULL);
  }
}
