package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;
import seedance.workflows.generation.FailureType;
import seedance.workflows.json.InvalidFileException;

/** Which words decide is data, and an operator's come first. */
class ServiceWordsTest {
  @TempDir Path folder;

  private ServiceWords extended(String json) throws Exception {
    Path file = folder.resolve("words.json");
    Files.writeString(file, json.replace('\'', '"'));
    return ServiceWords.builtIn().extendedBy(file);
  }

  private static ErrorBody error(String code, String message) {
    return new ErrorBody(code, "", "", message);
  }

  @Test
  void operatorsStatus_isUnderstood_inAnyCase_andWinsOverOurs() throws Exception {
    ServiceWords words =
        extended(
            "{'note':'ours','statuses':{'succeeded':['Archived','2'],'running':['error','in"
                + " review']}}");

    assertThat(words.status("ARCHIVED")).isEqualTo(Known.SUCCEEDED);
    assertThat(words.status("2")).isEqualTo(Known.SUCCEEDED);
    assertThat(words.status("error")).isEqualTo(Known.RUNNING);
    assertThat(words.status("In-Review")).isEqualTo(Known.RUNNING);
    assertThat(words.status("failed")).isEqualTo(Known.FAILED);
    assertThat(ServiceWords.builtIn().status("archived")).isEqualTo(new Strange("archived"));
  }

  @Test
  void operatorsCode_decidesWhateverTheStatus() throws Exception {
    ServiceWords words =
        extended(
            "{'errors':[{'means':'NotCreated','codes':['gw_full']},"
                + "{'means':'RequestRejected','codes':['gw_*_bad'],'messages':['your prompt']},"
                + "{'means':'InDoubt','codes':['model_not_found']}]}");

    assertThat(words.surely(503, error("GW_FULL", ""))).contains(ErrorMeaning.NOT_CREATED);
    assertThat(words.surely(503, error("gw_7_bad", "In Your Prompt: x")))
        .contains(ErrorMeaning.rejected(FailureType.REQUEST_REJECTED));
    assertThat(words.surely(503, error("gw_7_bad", "other"))).isEmpty();
    assertThat(words.surely(503, error("model_not_found", ""))).contains(ErrorMeaning.IN_DOUBT);
  }

  @Test
  void operatorsGenericCode_yieldsAsOursDo_andTheirOwnMeaningOfOneOfOursDoesNot() throws Exception {
    ServiceWords words =
        extended(
            "{'generic':['gw_failed'],'errors':[{'means':'QuotaExhausted','codes':['bad_request']},"
                + "{'means':'RequestRejected','codes':['gw_*'],'yields':true},"
                + "{'means':'AccountRefused','messages':['pay first'],'besideGeneric':true}]}");

    assertThat(words.meaning(error("gw_failed", "InternalServiceError: m")))
        .contains(ErrorMeaning.IN_DOUBT);
    assertThat(words.meaning(error("gw_failed", "please pay first")))
        .contains(ErrorMeaning.rejected(FailureType.ACCOUNT_REFUSED));
    assertThat(words.meaning(error("gw_failed", "may contain sensitive words")))
        .contains(ErrorMeaning.rejected(FailureType.INPUT_MODERATED));
    assertThat(words.meaning(error("gw_failed", "m")))
        .contains(ErrorMeaning.rejected(FailureType.REQUEST_REJECTED));
    assertThat(words.meaning(error("bad_request", "InternalServiceError: m")))
        .contains(ErrorMeaning.rejected(FailureType.QUOTA_EXHAUSTED));
    assertThat(words.meaning(error("odd_code", "please pay first"))).isEmpty();
  }

  @Test
  void codeOfOurs_thatAGatewayMaySendAfterwards_decidesNothingOnA5xx() {
    ServiceWords words = ServiceWords.builtIn();

    assertThat(words.surely(503, error("InvalidParameter", ""))).isEmpty();
    assertThat(words.meaning(error("InvalidParameter", "")))
        .contains(ErrorMeaning.rejected(FailureType.REQUEST_REJECTED));
    assertThat(words.surely(503, error("", "no available channel for m")))
        .contains(ErrorMeaning.rejected(FailureType.MODEL_UNAVAILABLE));
    assertThat(words.meaning(error("", ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | 1:1: the file must be an object, not an array",
        "{'statuses':{'succeded':['x']}} | 1:14: statuses.succeded: is unknown; did you mean"
            + " \"succeeded\"?",
        "{'statuses':{'failed':['two/words']}} | 1:24: statuses.failed[0]: is no word",
        "{'statuses':{'failed':['Ended'],'queued':['ended']}} | 1:24: statuses.failed[0]: is there"
            + " already, among those of queued",
        "{'errors':[{'means':'NotMade','codes':['x']}]} | 1:13: errors[0].means: must be",
        "{'errors':[{'codes':['x']}]} | 1:12: errors[0].means: is missing: write one of"
            + " RequestRejected",
        "{'errors':[{'means':'InDoubt'}]} | 1:12: errors[0]: fits every error",
        "{'errors':[{'means':'InDoubt','codes':['*']}]} | 1:40: errors[0].codes[0]: is no code",
        "{'errors':[{'means':'InDoubt','codes':['a b']}]} | 1:40: errors[0].codes[0]: is no code",
        "{'errors':[{'means':'InDoubt','messages':['']}]} | 1:43: errors[0].messages[0]: must be 1"
            + " to 200",
        "{'generic':['a b']} | 1:13: generic[0]: is no code",
        "{'errors':[{'means':'InDoubt','codes':['x'],'besideGeneric':true}]} | 1:45:"
            + " errors[0].besideGeneric: is about messages",
        "{'error':[]} | 1:2: error: is unknown; did you mean \"errors\"?",
        "{'errors':[} | 1:12: "
      })
  void mistake_isNamedWithItsPlace(String json, String mistake) {
    assertThatThrownBy(() -> extended(json))
        .isInstanceOf(InvalidFileException.class)
        .message()
        .contains("words.json:" + mistake);
  }

  @Test
  void fileThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> ServiceWords.builtIn().extendedBy(folder.resolve("none.json")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageEndingWith("none.json: there is no such file");
  }
}
