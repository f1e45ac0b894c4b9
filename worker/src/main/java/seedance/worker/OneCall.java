package seedance.worker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the first request of a connection and closes it. Says of a request no more than that. */
final class OneCall extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(OneCall.class);

  private final OpenConnections open;
  private final Function<HttpCall, CompletionStage<HttpAnswer>> answers;
  private boolean hasAsked;

  OneCall(OpenConnections open, Function<HttpCall, CompletionStage<HttpAnswer>> answers) {
    this.open = open;
    this.answers = answers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
    if (hasAsked) {
      return;
    }
    hasAsked = true;
    connection.channel().config().setAutoRead(false);
    open.hasAsked(connection.channel());
    String path = request.decoderResult().isSuccess() ? path(request.uri()) : null;
    if (path == null) {
      write(connection, HttpAnswer.of(400));
      return;
    }
    HttpCall call =
        new HttpCall(request.method().name(), path, ByteBufUtil.getBytes(request.content()));
    try {
      answers
          .apply(call)
          .whenComplete(
              (answer, failure) ->
                  connection
                      .executor()
                      .execute(
                          () -> write(connection, failure == null ? answer : defect(failure))));
    } catch (RuntimeException failure) {
      write(connection, defect(failure));
    }
  }

  /** Null where it is none. */
  private static @Nullable String path(String target) {
    try {
      return URI.create(target).getRawPath();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static HttpAnswer defect(Throwable failure) {
    log.warn("A call could not be answered: {}", failure.getClass().getSimpleName());
    return HttpAnswer.of(500);
  }

  private static void write(ChannelHandlerContext connection, HttpAnswer answer) {
    ByteBuf body = Unpooled.wrappedBuffer(answer.bytes());
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!answer.type().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.type());
    }
    if (!answer.allow().isEmpty()) {
      headers.set(HttpHeaderNames.ALLOW, answer.allow());
    }
    connection.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** What went wrong is the caller's, or its connection's; its words may hold a URL. */
  @Override
  public void exceptionCaught(ChannelHandlerContext connection, Throwable failure) {
    log.debug("A connection ends: {}", failure.getClass().getSimpleName());
    connection.close();
  }
}
