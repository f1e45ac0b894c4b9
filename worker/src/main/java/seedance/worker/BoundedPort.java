package seedance.worker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A port for small HTTP requests, of which strangers can take no more than its limits, whatever
 * they send or do not send: one thread reads and writes them all, a connection is good for one
 * request and closed after its answer, and who dawdles is closed for who comes.
 */
final class BoundedPort implements AutoCloseable {
  private static final HttpDecoderConfig SMALL_REQUESTS =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(4 * 1024)
          .setMaxHeaderSize(8 * 1024)
          .setMaxChunkSize(8 * 1024)
          .setHeadersFactory(FewHeaders.FACTORY)
          .setTrailersFactory(FewHeaders.FACTORY);

  /**
   * A body in chunks of a byte each would hold the buffers that they came in, a thousand of them.
   */
  private static final int MOST_BUFFERS = 64;

  private static final long LONGEST_CLOSE_SECONDS = 5;

  private final EventLoopGroup thread;
  private final ChannelGroup connections;
  private final UnpooledByteBufAllocator buffers;
  private final Channel port;

  private BoundedPort(
      EventLoopGroup thread,
      ChannelGroup connections,
      UnpooledByteBufAllocator buffers,
      Channel port) {
    this.thread = thread;
    this.connections = connections;
    this.buffers = buffers;
    this.port = port;
  }

  /**
   * @param address port 0 for any free one
   * @param name of its thread
   * @param answers runs on the port's one thread, so it may not wait; a failure is answered with
   *     500
   * @throws IOException when the address cannot be listened on
   */
  static BoundedPort listen(
      InetSocketAddress address,
      String name,
      PortLimits limits,
      Function<HttpCall, CompletionStage<HttpAnswer>> answers)
      throws IOException {
    EventLoopGroup thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    OpenConnections open = new OpenConnections(limits.connections());
    ChannelGroup connections = new DefaultChannelGroup(thread.next());
    // What a half request holds is let go with it.
    UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, buffers)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    open.add(connection);
                    connections.add(connection);
                    endIn(connection, limits);
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec(SMALL_REQUESTS))
                        .addLast(wholeRequests(limits))
                        .addLast(new OneCall(open, answers));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      thread.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw bound.cause() instanceof IOException e ? e : new IOException(bound.cause());
    }
    return new BoundedPort(thread, connections, buffers, bound.channel());
  }

  private static HttpObjectAggregator wholeRequests(PortLimits limits) {
    HttpObjectAggregator whole = new HttpObjectAggregator(limits.largestBody());
    whole.setMaxCumulationBufferComponents(MOST_BUFFERS);
    return whole;
  }

  private static void endIn(Channel connection, PortLimits limits) {
    Future<?> end =
        connection
            .eventLoop()
            .schedule(
                () -> connection.close(), limits.longestCall().toMillis(), TimeUnit.MILLISECONDS);
    connection.closeFuture().addListener(closed -> end.cancel(false));
  }

  int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** What requests hold that are not answered yet. */
  long heldBytes() {
    return buffers.metric().usedHeapMemory() + buffers.metric().usedDirectMemory();
  }

  @Override
  public void close() {
    port.close().awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    // Before their thread is gone, on which they let go what they hold.
    connections.close().awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    thread
        .shutdownGracefully(0, 0, TimeUnit.SECONDS)
        .awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
