package seedance.worker.dev.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a prompt asks its generation to end: {@code [simulate:failed]}, {@code [simulate:internal]},
 * {@code [simulate:expired]}, {@code [simulate:rejected]}, {@code [simulate:slow]}; the first, and
 * {@code rejected}, may name a code: {@code [simulate:failed=Some.Code]}.
 *
 * @param ending how it ends
 * @param code the service's error code, empty where there is none
 * @param slow whether it takes ten times as long
 */
record Script(Ending ending, String code, boolean slow) {

  enum Ending {
    SUCCEED,
    FAIL,
    EXPIRE,
    REJECT
  }

  static final int SLOWNESS = 10;

  static final Script NONE = new Script(Ending.SUCCEED, "", false);

  private static final Pattern TOKEN =
      Pattern.compile("\\[simulate:([^\\]=]*)(?:=([A-Za-z0-9.]+))?]");

  /**
   * Reads a prompt.
   *
   * @return empty if it holds a token that is not known, so that a slip is not taken for a success
   */
  static Optional<Script> read(String prompt) {
    Script script = NONE;
    Matcher token = TOKEN.matcher(prompt);
    while (token.find()) {
      String code = token.group(2);
      switch (token.group(1)) {
        case "slow" -> script = new Script(script.ending, script.code, true);
        case "expired" -> script = script.ending(Ending.EXPIRE, null, "");
        case "failed" ->
            script = script.ending(Ending.FAIL, code, "OutputVideoSensitiveContentDetected");
        case "internal" -> script = script.ending(Ending.FAIL, code, "InternalServiceError");
        case "rejected" ->
            script = script.ending(Ending.REJECT, code, "InputTextSensitiveContentDetected");
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(script);
  }

  private Script ending(Ending how, @Nullable String code, String otherwise) {
    return new Script(how, code == null ? otherwise : code, slow);
  }
}
