package seedance.workflows;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.RawValue;

/** Arguments as other clients write them, to the letter. */
public final class Payloads {
  private Payloads() {}

  /** What says that it is JSON, which it need not be; blanks and all. */
  public static RawValue json(String text) {
    return of("json/plain", text);
  }

  /** What says that it is bytes. */
  public static RawValue bytes(String text) {
    return of("binary/plain", text);
  }

  private static RawValue of(String encoding, String data) {
    return new RawValue(
        Payload.newBuilder()
            .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(encoding))
            .setData(ByteString.copyFromUtf8(data))
            .build());
  }
}
