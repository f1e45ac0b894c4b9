package seedance.activities.provider;

import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import seedance.workflows.generation.FailureType;

/**
 * What an answer to a create means when it gives no task id: the first rule that applies decides,
 * and the last always applies. "H" and "M" mark sources: official text, and what several third
 * parties agree on.
 *
 * <p>A rule by code also holds in a 2xx reply that carries an error and no id, as gateways send:
 * the service says in so many words that it made nothing. Another error in a 2xx reply is in doubt.
 */
enum CreateRule {
  /**
   * A gateway that lost patience (RFC 9110, 15.5.9: 408; RFC 8470, 5.2: 425) or thinks that its
   * client went (M: 460 of AWS's load balancers, 499 of nginx) may have passed the request on
   * before.
   */
  IN_DOUBT(
      Verdict.UNKNOWN,
      (status, error) -> status == 408 || status == 425 || status == 460 || status == 499),
  /**
   * H: {@code InternalServiceError}, after which a task may exist, whatever status a gateway gives
   * it; M: gateways' own 5xx likewise.
   */
  SERVER_ERROR(
      Verdict.UNKNOWN, code("InternalServiceError.*").or((status, error) -> status >= 500)),
  /**
   * RFC 9110, 15.4: nothing says that a redirected request was not acted on, and 303 says that it
   * was.
   */
  REDIRECT(Verdict.UNKNOWN, (status, error) -> status / 100 == 3),

  /** H: {@code Input{Text,Image,Video,Audio}SensitiveContentDetected*}. */
  INPUT_MODERATED(
      FailureType.INPUT_MODERATED,
      (status, error) -> error.moderated() == FailureType.INPUT_MODERATED),
  /** H: {@code Output{Video,Audio}SensitiveContentDetected*}. */
  OUTPUT_MODERATED(
      FailureType.OUTPUT_MODERATED,
      (status, error) -> error.moderated() == FailureType.OUTPUT_MODERATED),
  /** H: of status 400. */
  WRONG_PARAMETER(
      FailureType.REQUEST_REJECTED,
      code("MissingParameter.*|InvalidParameter.*|InvalidImageURL.*")),
  /** H: of status 401 and 403. */
  ACCOUNT(
      FailureType.ACCOUNT_REFUSED,
      code(
          "AuthenticationError|InvalidAccountStatus|AccountOverdueError|AccessDenied.*"
              + "|OperationDenied.*")),
  /** H: of status 404; M: {@code model_not_found} of gateways. */
  MODEL(
      FailureType.MODEL_UNAVAILABLE,
      code("InvalidEndpointOrModel.*|ModelNotOpen.*|model_not_found")),
  /** H: of status 429, and not cured by waiting. */
  LIMIT_SET(FailureType.QUOTA_EXHAUSTED, code("SetLimitExceeded.*|InflightBatchsizeExceeded.*")),
  /** H: only the message tells a spent free trial or a weekly cap from a full queue. */
  QUOTA_SPENT(
      FailureType.QUOTA_EXHAUSTED,
      code("QuotaExceeded.*")
          .and(message("free[ -](trial|quota|tier)|weekly|(per|this) week|免费|每周|本周|周限额"))),
  /** H: of status 429, "the task was not created". */
  BUSY_BY_CODE(
      Verdict.NOT_CREATED,
      code(".*RateLimitExceeded.*|ServerOverloaded.*|RequestBurstTooFast.*|QuotaExceeded.*")),

  /** H: with a code that this version does not know, or none. */
  BUSY(Verdict.NOT_CREATED, (status, error) -> status == 429),
  /** H: 401 and 403; M: 402 of gateways, whose prepaid balance is spent. */
  ACCOUNT_BY_STATUS(FailureType.ACCOUNT_REFUSED, (status, error) -> status >= 401 && status <= 403),
  /** RFC 9110, 15.5: the request was at fault, and so not acted on. */
  REFUSED(FailureType.REQUEST_REJECTED, (status, error) -> status / 100 == 4),

  /** RFC 9110, 15.3: a 2xx reply says that the request was acted on; this one has no task id. */
  NO_TASK_ID(Verdict.UNKNOWN, (status, error) -> true);

  /** What a rule says of the task. */
  enum Verdict {
    NOT_CREATED,
    REJECTED,
    UNKNOWN
  }

  private final Verdict verdict;
  private final FailureType failure;
  private final BiPredicate<Integer, ErrorBody> applies;

  CreateRule(Verdict verdict, BiPredicate<Integer, ErrorBody> applies) {
    this.verdict = verdict;
    this.failure = null;
    this.applies = applies;
  }

  CreateRule(FailureType failure, BiPredicate<Integer, ErrorBody> applies) {
    this.verdict = Verdict.REJECTED;
    this.failure = failure;
    this.applies = applies;
  }

  /**
   * Finds the rule for an answer.
   *
   * @param status of HTTP; or a 4xx that a 2xx reply carries as its error's code
   */
  static CreateRule of(int status, ErrorBody error) {
    return Arrays.stream(values())
        .filter(rule -> rule.applies.test(status, error))
        .findFirst()
        .orElseThrow();
  }

  Verdict verdict() {
    return verdict;
  }

  /** Why the request was refused; null unless the verdict is {@link Verdict#REJECTED}. */
  FailureType failure() {
    return failure;
  }

  private static BiPredicate<Integer, ErrorBody> code(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return (status, error) -> pattern.matcher(error.code()).matches();
  }

  private static BiPredicate<Integer, ErrorBody> message(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    return (status, error) -> pattern.matcher(error.message()).find();
  }
}
