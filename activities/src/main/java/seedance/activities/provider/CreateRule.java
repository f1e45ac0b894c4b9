package seedance.activities.provider;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import seedance.workflows.generation.FailureType;

/**
 * What an answer to a create means when it gives no task id: the first rule that applies decides,
 * and the last always applies. "M" marks what several third parties agree on; which words decide is
 * data, {@link ServiceWords}.
 *
 * <p>A rule by words also holds in a 2xx reply that carries an error's code and no id, as gateways
 * send: the service says in so many words that it made nothing. Another error in a 2xx reply is in
 * doubt, and so is what only its text says, as that may quote a prompt.
 */
enum CreateRule {
  /** A code that decides whatever the status: said before, or surely after, anything was made. */
  SAID_SURELY {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return words.surely(status, error);
    }
  },
  /**
   * A gateway that lost patience (RFC 9110, 15.5.9: 408; RFC 8470, 5.2: 425) or thinks that its
   * client went (M: 460 of AWS's load balancers, 499 of nginx) may have passed the request on
   * before.
   */
  IN_DOUBT {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(
          status == 408 || status == 425 || status == 460 || status == 499, ErrorMeaning.IN_DOUBT);
    }
  },
  /** M: after gateways' own 5xx a task may exist. */
  SERVER_ERROR {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(status >= 500, ErrorMeaning.IN_DOUBT);
    }
  },
  /**
   * RFC 9110, 15.4: nothing says that a redirected request was not acted on, and 303 says that it
   * was.
   */
  REDIRECT {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(status / 100 == 3, ErrorMeaning.IN_DOUBT);
    }
  },
  /** A code that decides as the status does not speak against it. */
  SAID {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      if (status / 100 == 2) {
        return words.saidBesideSuccess(error);
      }
      return status >= 401 && status <= 403 || status == 429
          ? words.saidBesideRefusal(error)
          : words.meaning(error);
    }
  },
  /** RFC 4918, 11.4: what it was passed on to failed; gateways send it after minutes (L). */
  UPSTREAM_FAILED {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(status == 424, ErrorMeaning.IN_DOUBT);
    }
  },
  /**
   * RFC 9110, 15.5.5 and 15.5.6: the path was, or the method on it; which is the operator's
   * setting, as the path holds nothing of the request. A 404 of the service itself has a code.
   */
  NO_SUCH_ROUTE {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      boolean isRoute =
          status == 404
              && NO_CODE.matcher(error.code()).matches()
              && NoSuchPath.isSaidBy(error.message());
      return when(status == 405 || isRoute, ErrorMeaning.rejected(FailureType.ROUTE_NOT_FOUND));
    }
  },
  /** With a code that no words are about, or none. */
  BUSY {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(status == 429, ErrorMeaning.NOT_CREATED);
    }
  },
  /** 401 and 403; M: 402 of gateways, whose prepaid balance is spent. */
  ACCOUNT_BY_STATUS {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(
          status >= 401 && status <= 403, ErrorMeaning.rejected(FailureType.ACCOUNT_REFUSED));
    }
  },
  /** RFC 9110, 15.5: the request was at fault, and so not acted on. */
  REFUSED {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return when(status / 100 == 4, ErrorMeaning.rejected(FailureType.REQUEST_REJECTED));
    }
  },
  /** RFC 9110, 15.3: a 2xx reply says that the request was acted on; this one has no task id. */
  NO_TASK_ID {
    @Override
    Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words) {
      return Optional.of(ErrorMeaning.IN_DOUBT);
    }
  };

  private static final Pattern NO_CODE = Pattern.compile("(?i)|404|not[_ ]?found(_error)?");

  /** What an answer means by this rule; empty where it says nothing about it. */
  abstract Optional<ErrorMeaning> judge(int status, ErrorBody error, ServiceWords words);

  /**
   * Finds the rule for an answer.
   *
   * @param status of HTTP; or a 4xx that a 2xx reply carries as its error's code
   */
  static CreateRule of(int status, ErrorBody error, ServiceWords words) {
    return Arrays.stream(values())
        .filter(rule -> rule.judge(status, error, words).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static Optional<ErrorMeaning> when(boolean applies, ErrorMeaning meaning) {
    return applies ? Optional.of(meaning) : Optional.empty();
  }
}
