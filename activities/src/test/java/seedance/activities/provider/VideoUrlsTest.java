package seedance.activities.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seedance.activities.provider.TaskStatus.Known;
import seedance.activities.provider.TaskStatus.Strange;

/** Where in a reply the video is, and what is never taken for it. */
class VideoUrlsTest {
  private static final String ID = "cgt-1";
  private static final String BASE = "https://gw.example/team";
  private static final String VIDEO = "https://files.example/a/b?sig=1%2F2";

  private static Task read(String json) {
    return read(json, BASE);
  }

  private static Task read(String json, String base) {
    try {
      Reply reply =
          new Reply(
              200,
              Headers.EMPTY,
              new ObjectMapper().readTree(json.replace('\'', '"')),
              Optional.empty());
      TaskLook look =
          new LookReading(
                  ServiceWords.builtIn(), TestServer.urls(URI.create(base)), TestServer.CLOCK)
              .read(ID, reply);
      return ((TaskLook.Seen) look).task();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> places() {
    return Stream.of(
        "{'status':'done','result_url':'URL'}",
        "{'status':'done','resultUrl':'URL'}",
        "{'status':'done','video':'URL'}",
        "{'status':'done','video':{'url':'URL'}}",
        "{'status':'done','video':{'src':'URL'}}",
        "{'status':'done','videos':[{'url':'URL'}]}",
        "{'status':'done','video_urls':['URL','https://files.example/second']}",
        "{'status':'done','videoUrls':['URL']}",
        "{'status':'done','unsigned_urls':['URL']}",
        "{'status':'done','output':'URL'}",
        "{'status':'done','output':['URL']}",
        "{'status':'done','output':{'video_url':'URL'}}",
        "{'status':'done','outputs':[{'type':'video','url':'URL'}]}",
        "{'status':'done','results':[{'content':{'video_url':'URL'}}]}",
        "{'status':'done','download_url':'URL'}",
        "{'status':'done','file':{'link':'URL'}}",
        "{'code':0,'data':{'task_id':'cgt-1','task_status':'succeed',"
            + "'task_result':{'videos':[{'id':'7','url':'URL','duration':'5'}]}}}",
        "{'code':200,'data':{'state':'success','data':{'result':{'mp4':'URL'}}}}",
        "{'code':0,'data':[{'task_id':'cgt-0','status':'done','url':'https://x.example/0'},"
            + "{'task_id':'cgt-1','status':'done','url':'URL'}]}",
        "{'output':{'task_id':'cgt-1','task_status':'SUCCEEDED','video_url':'URL'}}",
        "{'code':0,'data':{'id':'cgt-1','status':'success'},'result':{'video_url':'URL'}}",
        "{'status':'success','data':{'task_id':'cgt-1','status':'completed','url':'URL'}}",
        "{'task':{'id':'cgt-1','state':'finished','assets':{'video':'URL'}}}",
        // Beside what is none.
        "{'status':'done','cover_url':'https://x.example/c','thumbnail':'https://x.example/t',"
            + "'output':['URL']}",
        "{'status':'done','video':{'cover':'https://x.example/c.mp4','url':'URL'}}",
        "{'status':'done','url':'https://x.example/cover.png','result_url':'URL'}",
        "{'id':'cgt-1','status':'done','url':'https://gw.example/team/v1/videos/cgt-1',"
            + "'result_url':'URL'}",
        "{'status':'done','request':{'content':[{'type':'video_url','role':'reference_video',"
            + "'video_url':{'url':'https://x.example/in.mp4'}}]},'result_url':'URL'}",
        "{'status':'done','content':[{'type':'video_url',"
            + "'video_url':{'url':'https://x.example/in.mp4'}}],'result_url':'URL'}",
        "{'status':'done','input':{'video_url':'https://x.example/in.mp4'},'output':'URL'}",
        "{'status':'done','urls':{'get':'https://x.example/g','cancel':'https://x.example/c',"
            + "'stream':'https://x.example/s'},'output':['URL']}",
        "{'status':'done','status_url':'https://x.example/s','response_url':'https://x.example/r',"
            + "'video':{'url':'URL'}}",
        "{'status':'done','callback_url':'https://x.example/v.mp4','audio_url':'https://x.example/a',"
            + "'last_frame_url':'https://x.example/l','docs':'https://x.example/d','result_url':'URL'}",
        // new-api and its forks: the URL of a success where the reason of a failure would be.
        "{'code':'success','data':{'task_id':'cgt-1','status':'SUCCESS','fail_reason':'URL',"
            + "'progress':'100%','data':{}}}",
        "{'status':'SUCCESS','fail_reason':'URL','data':{'status':'succeeded'}}",
        // JSON in a text, and beside it what was sent.
        "{'code':200,'data':{'taskId':'cgt-1','state':'success',"
            + "'param':'{\\'input\\':{\\'video_url\\':\\'https://x.example/in.mp4\\'}}',"
            + "'resultJson':'{\\'resultUrls\\':[\\'URL\\']}'}}",
        "{'status':'done','result':'[\\'URL\\']'}",
        "{'status':'done','video_url':'{\\'url\\':\\'URL\\'}'}",
        // A page, or what only may be it, beside what surely is.
        "{'status':'done','url':'https://x.example/watch/1','video':{'url':'URL'}}",
        "{'status':'done','metadata':{'url':'https://x.example/watch/1'},'video_url':'URL'}",
        "{'status':'done','url':'https://x.example/1','metadata':{'url':'URL'}}",
        "{'status':'done','video_url':'N/A','result_url':'URL'}");
  }

  @ParameterizedTest
  @MethodSource("places")
  void video_isFoundWhereverItIs(String reply) {
    Task task = read(reply.replace("URL", VIDEO));

    assertThat(task.status()).isEqualTo(Known.SUCCEEDED);
    assertThat(task.videoUrl()).contains(URI.create(VIDEO));
  }

  @Test
  void videoFile_isFoundUnderAnyName() {
    assertThat(
            read("{'status':'done','final':{'here':'https://x.example/a/b.MP4?sig=1'}}").videoUrl())
        .contains(URI.create("https://x.example/a/b.MP4?sig=1"));
  }

  @Test
  void pageBesideAVideoFile_isNotTheVideo() {
    assertThat(
            read("{'status':'done','url':'https://x.example/watch/1',"
                    + "'result_url':'https://x.example/a.mp4?sig=1'}")
                .videoUrl())
        .contains(URI.create("https://x.example/a.mp4?sig=1"));
  }

  /** What was read before stays first. */
  @Test
  void knownPlaces_comeInTheirOrder() {
    assertThat(
            read("{'status':'done','result_url':'https://x.example/5','url':'https://x.example/4',"
                    + "'video_url':'https://x.example/3','metadata':{'url':'https://x.example/2'},"
                    + "'content':{'video_url':'https://x.example/1'}}")
                .videoUrl())
        .contains(URI.create("https://x.example/1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'cover_url':'https://x.example/c'",
        "'coverUrl':'https://x.example/c.mp4'",
        "'thumbnails':[{'url':'https://x.example/t'}]",
        "'video':{'poster':'https://x.example/p'}",
        "'images':['https://x.example/i']",
        "'image_url':'https://x.example/i'",
        "'last_frame_url':'https://x.example/l'",
        "'content':{'last_frame_url':'https://x.example/l'}",
        "'content':{'first_frame':{'url':'https://x.example/f'}}",
        "'callback_url':'https://x.example/cb'",
        "'webhook':{'url':'https://x.example/w'}",
        "'polling_url':'https://x.example/p'",
        "'status_url':'https://x.example/s'",
        "'response_url':'https://x.example/r'",
        "'urls':{'get':'https://x.example/g','cancel':'https://x.example/c'}",
        "'links':{'self':'https://x.example/s'}",
        "'input':{'video_url':'https://x.example/in.mp4'}",
        "'inputs':['https://x.example/in.mp4']",
        "'request':{'video_url':'https://x.example/in.mp4'}",
        "'params':{'url':'https://x.example/in.mp4'}",
        "'reference_videos':['https://x.example/in.mp4']",
        "'source_video':'https://x.example/in.mp4'",
        "'content':[{'type':'video_url','video_url':{'url':'https://x.example/in.mp4'}}]",
        "'items':[{'role':'reference_video','video_url':{'url':'https://x.example/in.mp4'}}]",
        "'audio_url':'https://x.example/a'",
        "'prompt':'https://x.example/in.mp4'",
        "'message':'see https://x.example/doc'",
        "'error':{'url':'https://x.example/doc'}",
        "'doc':'https://x.example/doc'",
        "'license':'https://x.example/license'",
        "'anything':'https://x.example/1'",
        "'result_url':'https://x.example/cover.jpg?x=.mp4'",
        "'result_url':'https://x.example/list.m3u8'",
        "'result_url':'ftp://x.example/v.mp4'",
        "'result_url':'data:video/mp4;base64,AAAA'",
        "'url':'https://gw.example/team/v1/videos/cgt-1'",
        "'url':'https://gw.example/team/v1/videos/cgt-1?x=1'",
        "'url':'/team/v1/videos/cgt-1'",
        "'output':'done'",
        "'a':'https://x.example/1','b':'https://x.example/2'",
        "'fail_reason':'see https://x.example/v.mp4'",
        "'fail_reason':'https://x.example/why.html'",
        "'resultJson':'{\\'resultUrls\\':[]}'",
        "'resultJson':'{\\'resultUrls\\':[\\'https://x.example/v.mp4'",
        "'result':'{\\'a\\':\\'{\\\\\\'url\\\\\\':\\\\\\'https://x.example/v.mp4\\\\\\'}\\'}'",
        "'url':'[clips/7.mp4]'",
        "'url':'clips/my clip.mp4'",
        "'url':'n/a'"
      })
  void whatIsNoVideo_isNeverTakenForIt(String fields) {
    Task task = read("{'id':'cgt-1','status':'succeeded'," + fields + "}");

    assertThat(task.videoUrl()).isEmpty();
    assertThat(task.status()).isEqualTo(Strange.SUCCEEDED_WITHOUT_VIDEO);
  }

  @ParameterizedTest
  @CsvSource({
    "'url':'/files/v.mp4', https://gw.example/files/v.mp4",
    "'url':'/team/v1/videos/cgt-1/content', https://gw.example/team/v1/videos/cgt-1/content",
    "'url':'v1/videos/cgt-1/content', https://gw.example/team/v1/videos/cgt-1/content",
    "'url':'./clips/7', https://gw.example/team/clips/7",
    "'url':'//cdn.example/v.mp4', https://cdn.example/v.mp4",
    "'result_url':'/clips/7', https://gw.example/clips/7",
    "'video':{'path':'clips/7.mp4'}, https://gw.example/team/clips/7.mp4",
    "'url':'v1.2/clips/7.mp4', https://gw.example/team/v1.2/clips/7.mp4"
  })
  void relativeUrl_isResolvedAgainstTheBaseUrl(String field, URI video) {
    assertThat(read("{'id':'cgt-1','status':'done'," + field.replace("''", "'") + "}").videoUrl())
        .contains(video);
  }

  @ParameterizedTest
  @CsvSource({
    "'url':'cdn.example.com/x.mp4', https://cdn.example.com/x.mp4",
    "'result_url':'cdn.example.com:8443/a/x.mp4?s=1', https://cdn.example.com:8443/a/x.mp4?s=1",
    "'video_url':'cdn-1.example.com/x', https://cdn-1.example.com/x"
  })
  void urlWithoutItsScheme_isNoPathOfOurs(String field, URI video) {
    assertThat(read("{'id':'cgt-1','status':'done'," + field + "}").videoUrl()).contains(video);
  }

  @Test
  void reasonOfATask_thatIsNotDone_isNoVideo() {
    assertThat(
            read("{'id':'cgt-1','status':'FAILURE','fail_reason':'https://x.example/v.mp4'}")
                .videoUrl())
        .isEmpty();
  }

  @Test
  void lastFrame_isFoundBesideIt_andMayBeRelative() {
    Task task =
        read(
            "{'status':'done','output':{'video_url':'https://x.example/v','last_frame_url':'/l.png'}}");

    assertThat(task.lastFrameUrl()).contains(URI.create("https://gw.example/l.png"));
  }

  @Test
  void hugeReply_isReadInBoundedTime() {
    StringBuilder json = new StringBuilder("{'status':'done','x':[");
    for (int i = 0; i < 20_000; i++) {
      json.append("{'a':{'b':['https://x.example/").append(i).append("']}},");
    }
    json.append("1]}");

    assertThat(read(json.toString()).status()).isNotNull();
  }
}
