package seedance.workflows.request;

import seedance.workflows.json.Json;
import seedance.workflows.json.Verdict;

/** Requests for tests, written with single quotes. */
final class Requests {
  private static final RequestRules RULES = RequestRules.builtIn();

  private Requests() {}

  static Json json(String singleQuoted) {
    return Json.parse(singleQuoted.replace('\'', '"'));
  }

  static Verdict<VideoRequest> check(String singleQuoted) {
    return RULES.check(json(singleQuoted), false);
  }

  static VideoRequest valid(String singleQuoted) {
    return check(singleQuoted).orElseThrow();
  }
}
