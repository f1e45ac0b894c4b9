package seedance.client;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.payload.context.SerializationContext;
import seedance.workflows.request.AnyJson;

/** Reads what a history holds by the client's own converter, whatever the encoding is called. */
final class HistoryJson {
  private final DataConverter converter;

  HistoryJson(DataConverter converter) {
    this.converter = converter;
  }

  /**
   * Returns JSON null where there is no such payload, and {@link AnyJson#UNREADABLE} where it is no
   * JSON.
   *
   * @throws RuntimeException of the converter or its codec, if it cannot decode it
   */
  AnyJson at(int index, Payloads payloads, SerializationContext context) {
    if (index >= payloads.getPayloadsCount()) {
      return AnyJson.NULL;
    }
    Payload payload =
        converter
            .withContext(context)
            .fromPayload(payloads.getPayloads(index), RawValue.class, RawValue.class)
            .getPayload();
    return payload.getData().isEmpty()
        ? AnyJson.NULL
        : AnyJson.parse(payload.getData().toByteArray());
  }
}
