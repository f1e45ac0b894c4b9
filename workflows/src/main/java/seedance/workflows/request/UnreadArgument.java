package seedance.workflows.request;

import com.google.protobuf.ByteString;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.RawValue;
import java.nio.charset.StandardCharsets;

/** Reads an argument of a workflow that was taken as it came. */
public final class UnreadArgument {
  private static final int LONGEST_DECISION = 16 << 10;

  private UnreadArgument() {}

  /**
   * Whether it takes more of a history than a decision without a request needs: blanks, which say
   * nothing, fill it like all else.
   */
  public static boolean isLong(RawValue argument) {
    return argument != null && argument.getPayload().getData().size() > LONGEST_DECISION;
  }

  /**
   * Whatever the encoding is called: what can be read as JSON is judged as such.
   *
   * @param argument null counts as JSON null
   */
  public static AnyJson json(RawValue argument) {
    if (argument == null) {
      return AnyJson.NULL;
    }
    String encoding =
        argument
            .getPayload()
            .getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY)
            .toString(StandardCharsets.UTF_8);
    return encoding.equals("binary/null")
        ? AnyJson.NULL
        : AnyJson.parse(argument.getPayload().getData().toByteArray());
  }
}
