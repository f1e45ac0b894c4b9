package seedance.workflows.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an argument of a workflow that was taken as it came. */
public final class UnreadArgument {
  private static final int LONGEST_DECISION = 16 << 10;

  private static final String UNREADABLE =
      "cannot be read: no JSON, half a character (a lone surrogate) in a key, or nested too deep";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private UnreadArgument() {}

  /**
   * Whether it takes more of a history than a decision without a request needs: blanks, which say
   * nothing, fill it like all else.
   *
   * @param argument null where the caller gave none
   */
  public static boolean isLong(@Nullable RawValue argument) {
    return argument != null && argument.getPayload().getData().size() > LONGEST_DECISION;
  }

  /**
   * Reads it; whatever the encoding is called, what can be read as JSON is taken for that. Its one
   * violation says that it is no JSON, or JSON that the parser refuses although other parsers, such
   * as the one of the {@code temporal} command, let it pass.
   *
   * @param argument null counts as JSON null
   * @param path of the argument as a whole
   */
  public static Verdict<Json> read(@Nullable RawValue argument, String path) {
    if (argument == null) {
      return Verdict.valid(Json.NULL);
    }
    String encoding =
        argument
            .getPayload()
            .getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY)
            .toString(StandardCharsets.UTF_8);
    return encoding.equals("binary/null")
        ? Verdict.valid(Json.NULL)
        : read(argument.getPayload().getData().toByteArray(), path);
  }

  private static Verdict<Json> read(byte[] json, String path) {
    try {
      return Verdict.valid(MAPPER.readValue(json, Json.class));
    } catch (IOException e) {
      return Verdict.invalid(List.of(new Violation(path, UNREADABLE)));
    }
  }
}
