package seedance.workflows.request;

/** Requests for tests, written with single quotes. */
final class Requests {
  private static final RequestRules RULES = RequestRules.builtIn();

  private Requests() {}

  static AnyJson json(String singleQuoted) {
    JsonText.Reading reading = JsonText.read(singleQuoted.replace('\'', '"'));
    if (reading instanceof JsonText.Read read) {
      return read.json();
    }
    throw new AssertionError(reading);
  }

  static RequestVerdict check(String singleQuoted) {
    return RULES.check(json(singleQuoted), false);
  }

  static VideoRequest valid(String singleQuoted) {
    RequestVerdict verdict = check(singleQuoted);
    if (verdict instanceof RequestVerdict.Valid valid) {
      return valid.request();
    }
    throw new AssertionError(verdict);
  }
}
