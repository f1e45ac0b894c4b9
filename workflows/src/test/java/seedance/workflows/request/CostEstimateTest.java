package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostEstimateTest {
  private static final ModelCatalogue BUILT_IN = ModelCatalogue.builtIn();
  private static final String TEXT = "{'type':'text','text':'a cat'}";
  private static final String VIDEO =
      "{'type':'video_url','video_url':{'url':'https://a.example/v.mp4'},'role':'reference_video'}";
  private static final String DRAFT = "{'type':'draft_task','draft_task':{'id':'cgt-1'}}";

  @Test
  void fiveSecondsOf720p_areTheTokensOfABill() {
    FrameSize size = FrameSize.of("720p", Optional.of("16:9")).orElseThrow();

    SecondsRange none = SecondsRange.NONE;
    assertThat(TokenCount.of(new SecondsRange(5, 5), none, none, size).most()).isEqualTo(108_900);
    assertThat(TokenCount.of(121, none, none, size).most()).isEqualTo(108_900);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "the bill above       | doubao-seedance-2-0 | 'ratio':'16:9' | 4.73616 | 5.0094",
        "portrait is the same | doubao-seedance-2-0 | 'ratio':'9:16' | 4.73616 | 5.0094",
        "any ratio            | doubao-seedance-2-0 | 'ratio':'adaptive' | 4.73616 | 5.23204",
        "no ratio             | doubao-seedance-2-0 | 'duration':5 | 4.73616 | 5.23204",
        "the model decides    | doubao-seedance-2-0 | 'duration':-1,'ratio':'1:1' | 3.9744 | 14.9454",
        "2.5 decides          | doubao-seedance-2-5 | 'ratio':'1:1' | 6.048 | 45.423",
        "1080p                | doubao-seedance-2-0 | 'resolution':'1080p','ratio':'1:1' | 12.393 | 12.496275",
        "4k                   | doubao-seedance-2-0 | 'resolution':'4k' | 25.272 | 25.4826",
        "frames               | doubao-seedance-1-0-pro | 'frames':121,'ratio':'1:1' | 3.675375 | 3.675375",
        "silent and flex      | doubao-seedance-1-5-pro | 'ratio':'1:1','generate_audio':false,'service_tier':'flex' | 0.432 | 0.4356",
      })
  void estimate_isTheRangeOfWhatTheListAsks(
      String name, String model, String fields, BigDecimal least, BigDecimal most) {
    assertThat(BUILT_IN.estimate(request(model, TEXT, fields), SecondsRange.NONE))
        .contains(new CostEstimate(new Money(least, "CNY"), new Money(most, "CNY")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "short names          | doubao-seedance-1-0-pro | a cat --rs 720p --rt 1:1 --dur 12 | 'seed':1 | 3.9015",
        "long names           | doubao-seedance-1-0-pro | a cat --resolution 720p --ratio 1:1 --duration 12 | 'seed':1 | 3.9015",
        "beside Chinese       | doubao-seedance-1-0-pro | 猫。--rs 720p --rt 1:1 --dur 12。 | 'seed':1 | 3.9015",
        "other case           | doubao-seedance-1-0-pro | a cat --RS 720P --rt 1:1 --Dur 12 | 'seed':1 | 3.9015",
        "a Chinese blank      | doubao-seedance-1-0-pro | a cat --rs\u3000720p --rt 1:1 --dur\u300012 | 'seed':1 | 3.9015",
        "with a unit          | doubao-seedance-1-0-pro | a cat --rs 720p --rt 1:1 --dur 12s | 'seed':1 | 3.9015",
        "with equals signs    | doubao-seedance-1-0-pro | a cat --rs=720p --rt=1:1 --dur=12 | 'seed':1 | 3.9015",
        "the body holds       | doubao-seedance-1-0-pro | a cat --rs 1080p --rt 16:9 --dur 12 | 'resolution':'720p','ratio':'1:1','duration':2 | 0.6615",
        "the longest of two   | doubao-seedance-1-0-pro | --dur 12 a cat --dur 2 --rs 720p --rt 1:1 | 'seed':1 | 3.9015",
        "the largest of two   | doubao-seedance-1-0-pro | --rs 720p a cat --rs 480p --rt 1:1 --dur 12 | 'seed':1 | 3.9015",
        "in frames            | doubao-seedance-1-0-pro | a cat --frames 289 --rs 720p --rt 1:1 | 'seed':1 | 3.9015",
        "the longer holds     | doubao-seedance-1-0-pro | a cat --frames 29 --dur 12 --rs 720p --rt 1:1 | 'seed':1 | 3.9015",
        "the longer holds too | doubao-seedance-1-0-pro | a cat --frames 289 --rs 720p --rt 1:1 | 'duration':2 | 3.9015",
        "of no such length    | doubao-seedance-1-0-pro | a cat --dur 99 --rs 720p --rt 1:1 | 'seed':1 | 1.6335",
        "of no such size      | doubao-seedance-1-0-pro | a cat --rs 8k --rt 1:1 | 'resolution':'720p' | 1.6335",
        "the model decides    | doubao-seedance-1-5-pro | a cat --dur -1 --rt 1:1 | 'generate_audio':false | 2.0808",
        "a newer model        | doubao-seedance-2-0 | a cat --rs 1080p --dur 15 --rt 1:1 | 'ratio':'1:1' | 5.0094",
        "no flag              | doubao-seedance-1-0-pro | a cat--dur 12 --- dur 12 --duration of it | 'resolution':'720p','ratio':'1:1' | 1.6335",
      })
  void flagsInAPrompt_countWhereTheModelObeysThem(
      String name, String model, String prompt, String fields, BigDecimal most) {
    VideoRequest request = request(model, "{'type':'text','text':'" + prompt + "'}", fields);

    assertThat(BUILT_IN.estimate(request, SecondsRange.NONE).orElseThrow().most())
        .isEqualTo(new Money(most, "CNY"));
  }

  @Test
  void flagsInADraftsPrompt_countForItsFinal() {
    VideoRequest draft =
        request(
            "doubao-seedance-1-5-pro",
            "{'type':'text','text':'a cat --dur 12 --rt 1:1'}",
            "'draft':true");
    VideoRequest last = request("doubao-seedance-1-5-pro", DRAFT, "'resolution':'720p'");

    assertThat(BUILT_IN.estimateFinal(last, SecondsRange.NONE, draft).orElseThrow().most())
        .isEqualTo(cny("4.1616"));
  }

  @Test
  void inputVideo_isCountedToo_atItsOwnPrice() {
    VideoRequest extend = request("doubao-seedance-2-0", VIDEO, "'ratio':'1:1'");

    CostEstimate estimate = BUILT_IN.estimate(extend, new SecondsRange(4, 10)).orElseThrow();

    // 9 s, and 15 s with one frame more, 900 tokens a frame, at 28.
    assertThat(estimate.least()).isEqualTo(cny("5.4432"));
    assertThat(estimate.most()).isEqualTo(cny("9.0972"));
  }

  /** The third row is BytePlus's example, 1.244 USD for the shortest input. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "50 s, not 34      | doubao-seedance-2-5 | 'duration':30,'ratio':'1:1' | 4 | 4 | 45.36 CNY | 45.3978 CNY",
        "of wide frames    | doubao-seedance-2-5 | 'duration':30,'ratio':'16:9' | 4 | 4 | 43.2432 CNY | 45.3978 CNY",
        "9 s, not 7        | dreamina-seedance-2-5 | 'duration':5,'ratio':'1:1' | 2 | 2 | 1.24416 USD | 1.24992 USD",
        "9 s at most too   | doubao-seedance-2-5 | 'duration':5,'ratio':'1:1' | 4 | 4 | 8.1648 CNY | 8.2026 CNY",
        "a second more     | doubao-seedance-2-5 | 'duration':5,'ratio':'1:1' | 5 | 5 | 9.072 CNY | 9.1098 CNY",
        "a long input      | doubao-seedance-2-5 | 'duration':30,'ratio':'1:1' | 30 | 30 | 54.432 CNY | 54.4698 CNY",
        "the model decides | doubao-seedance-2-5 | 'duration':-1,'ratio':'1:1' | 2 | 2 | 6.3504 CNY | 45.3978 CNY",
        "2.0 likewise      | doubao-seedance-2-0 | 'duration':15,'ratio':'1:1' | 4 | 4 | 15.12 CNY | 15.1452 CNY",
        "and its mini      | doubao-seedance-2-0-mini | 'duration':15,'ratio':'1:1' | 2 | 4 | 7.56 CNY | 7.5726 CNY",
      })
  void inputVideo_isBilledForALeastLength(
      String name,
      String model,
      String fields,
      int shortest,
      int longest,
      String least,
      String most) {
    CostEstimate estimate =
        BUILT_IN
            .estimate(request(model, VIDEO, fields), new SecondsRange(shortest, longest))
            .orElseThrow();

    assertThat(estimate.least().exactlyInWords()).isEqualTo(least);
    assertThat(estimate.most().exactlyInWords()).isEqualTo(most);
  }

  @Test
  void leastLength_isOfInputVideosOnly_andCanBeTakenAway() {
    VideoRequest text = request("doubao-seedance-2-5", TEXT, "'duration':30,'ratio':'1:1'");
    VideoRequest video = request("doubao-seedance-2-5", VIDEO, "'duration':30,'ratio':'1:1'");
    ModelCatalogue without =
        BUILT_IN.extendedBy(
            "f", "{\"models\":{\"doubao-seedance-2-5-260628\":{\"leastWithInputVideo\":null}}}");

    assertThat(BUILT_IN.estimate(text, SecondsRange.NONE).orElseThrow().least())
        .isEqualTo(cny("45.36"));
    assertThat(without.estimate(video, new SecondsRange(4, 4)).orElseThrow().most())
        .isEqualTo(cny("30.8826"));
  }

  @Test
  void final_costsWhatItsDraftDecides() {
    VideoRequest draft =
        request("doubao-seedance-1-5-pro", TEXT, "'draft':true,'duration':5,'ratio':'1:1'");
    VideoRequest silent =
        request(
            "doubao-seedance-1-5-pro",
            TEXT,
            "'draft':true,'duration':5,'ratio':'1:1','generate_audio':false");
    VideoRequest last = request("doubao-seedance-1-5-pro", DRAFT, "'resolution':'720p'");

    assertThat(BUILT_IN.estimate(last, SecondsRange.NONE)).isEmpty();
    assertThat(BUILT_IN.estimateFinal(last, SecondsRange.NONE, draft).orElseThrow().most())
        .isEqualTo(cny("1.7424"));
    assertThat(BUILT_IN.estimateFinal(last, SecondsRange.NONE, silent).orElseThrow().most())
        .isEqualTo(cny("0.8712"));
  }

  @Test
  void whatNobodyKnows_isNotEstimated() {
    assertThat(BUILT_IN.estimate(request("ep-1", TEXT, "'duration':5"), SecondsRange.NONE))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "doubao-seedance-2-0 | 'duration':7 | 7 s",
        "doubao-seedance-2-0 | 'seed':1 | 5 s",
        "doubao-seedance-2-0 | 'duration':-1 | 4–15 s",
        "doubao-seedance-2-5 | 'seed':1 | 4–30 s",
        "doubao-seedance-1-0-pro | 'frames':121 | 5 s",
        "doubao-seedance-1-0-pro | 'frames':29 | 1–2 s",
        "ep-1 | 'duration':7 | 7 s",
      })
  void lengthOfTheVideo_isARange(String model, String fields, String range) {
    assertThat(BUILT_IN.outputSeconds(request(model, TEXT, fields)).orElseThrow().inWords())
        .isEqualTo(range);
  }

  @Test
  void lengthOfTheVideo_isUnknown_whereADraftOrAnUnknownModelDecides() {
    assertThat(BUILT_IN.outputSeconds(request("doubao-seedance-1-5-pro", DRAFT, "'seed':1")))
        .isEmpty();
    assertThat(BUILT_IN.outputSeconds(request("ep-1", TEXT, "'seed':1"))).isEmpty();
  }

  @Test
  void moreThanAllMoney_isNone_insteadOfAMillionDigits() {
    assertThatThrownBy(() -> cny("1e99999999")).isInstanceOf(IllegalArgumentException.class);
    assertThat(cny("1e30").inWords()).endsWith("000.00 CNY");
  }

  @Test
  void money_addsUpInOneCurrency_andEqualAmountsAreEqual() {
    assertThat(cny("1.10").plus(cny("0.9"))).isEqualTo(cny("2"));
    assertThat(cny("2").isOver(cny("2.0"))).isFalse();
    assertThat(cny("2.0001").isOver(cny("2"))).isTrue();
    Money dollars = new Money(BigDecimal.ONE, "USD");
    assertThatThrownBy(() -> cny("1").plus(dollars)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cny("-1")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100.00 CNY, 100.00 CNY, 100.00 CNY",
    "1.873643, 1.87 CNY, 1.88 CNY, 1.873643 CNY",
    "1.875, 1.88 CNY, 1.88 CNY, 1.875 CNY",
    "0.0019, less than 0.01 CNY, 0.01 CNY, 0.0019 CNY",
    "0, 0.00 CNY, 0.00 CNY, 0.00 CNY",
    "2000, 2000.00 CNY, 2000.00 CNY, 2000.00 CNY",
  })
  void money_isRoundedInWords_andAnUpperLimitNeverBelowIt(
      String amount, String inWords, String atMost, String exactly) {
    assertThat(cny(amount).inWords()).isEqualTo(inWords);
    assertThat(cny(amount).inWordsAtMost()).isEqualTo(atMost);
    assertThat(cny(amount).exactlyInWords()).isEqualTo(exactly);
  }

  @ParameterizedTest
  @CsvSource({
    "14.904, 14.5, 14.90 CNY",
    "10.004, 10, 10.004 CNY",
    "10.006, 10.005, 10.006 CNY",
    "10.019, 10.005, 10.01 CNY",
  })
  void lowerLimit_isRoundedDown_unlessItWouldNoLongerBeOverTheOther(
      String least, String budget, String inWords) {
    assertThat(cny(least).inWordsAtLeast(cny(budget))).isEqualTo(inWords);
  }

  private static Money cny(String amount) {
    return new Money(new BigDecimal(amount), "CNY");
  }

  private static VideoRequest request(String model, String content, String fields) {
    return Requests.valid("{'model':'" + model + "','content':[" + content + "]," + fields + "}");
  }
}
