package seedance.activities.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/**
 * A file host that gives ranges as RFC 9110 says, and cuts its first answers as a test wants. What
 * else it does wrong, a test says by what it overrides.
 */
class CuttingHost extends Dispatcher {
  private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-");

  /** What each request asked for: "whole", or from where. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final Deque<Integer> cuts = new ArrayDeque<>();
  volatile byte[] file;
  volatile String tag = "\"v1\"";
  volatile boolean saysLength = true;

  CuttingHost(byte[] file) {
    this.file = file;
  }

  /** Sends only so many bytes of each of the next answers, and then closes the connection. */
  synchronized CuttingHost cutting(Integer... bytes) {
    cuts.addAll(List.of(bytes));
    return this;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    Matcher range = FROM.matcher(String.valueOf(request.getHeaders().get("Range")));
    boolean wantsRest = range.matches();
    asked.add(wantsRest ? range.group(1) : "whole");
    boolean sameVersion = tag != null && tag.equals(request.getHeaders().get("If-Range"));
    if (!wantsRest || !sameVersion) {
      return answer(0, 200);
    }
    int from = Integer.parseInt(range.group(1));
    return from >= file.length
        ? new MockResponse.Builder().code(416).build()
        : rest(answer(from, 206), from);
  }

  /** For hosts that give the rest wrong. */
  MockResponse rest(MockResponse right, int from) {
    return right;
  }

  private MockResponse answer(int from, int status) {
    byte[] content = Arrays.copyOfRange(file, from, file.length);
    Integer cut = cuts.poll();
    Buffer body = new Buffer();
    body.write(content, 0, cut == null ? content.length : cut);
    MockResponse.Builder answer = new MockResponse.Builder().code(status);
    if (saysLength) {
      answer.body(body).setHeader("Content-Length", content.length);
    } else if (cut == null) {
      answer.chunkedBody(body, 4096);
    } else {
      // The server adds an empty line, which is no next chunk.
      Buffer chunks = new Buffer();
      chunks.writeHexadecimalUnsignedLong(body.size()).writeUtf8("\r\n");
      chunks.write(body, body.size());
      chunks.writeUtf8("\r\n");
      answer.body(chunks).removeHeader("Content-Length").setHeader("Transfer-Encoding", "chunked");
    }
    if (tag != null) {
      answer.setHeader("ETag", tag);
    }
    if (status == 206) {
      answer.setHeader(
          "Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    if (cut != null) {
      answer.onResponseEnd(new SocketEffect.CloseSocket());
    }
    return answer.build();
  }
}
