package seedance.activities.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import seedance.activities.provider.TestFiles;
import seedance.activities.store.ArtifactStore;
import seedance.activities.store.FolderStore;
import seedance.activities.store.MediaBytes;
import seedance.activities.store.s3.BucketStore;
import seedance.activities.store.s3.ObjectStoreServer;
import seedance.workflows.generation.Artifact;

/**
 * How fast a clip of 200 MB goes from its host into a bucket, beside the same bytes in one put by
 * the same library; and what eight at once hold in memory. Printed, not asserted: all of it, the
 * object store too, is one process here.
 */
@Tag("proof")
@Isolated
class BucketSpeedProofTest {
  private static final int MEGABYTES = 200;
  private static final int ROUNDS = 5;
  private static final byte[] HEAD = MediaBytes.mp4(64);

  @TempDir Path folder;
  private final AtomicInteger served = new AtomicInteger();
  private HttpServer host;
  private ObjectStoreServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws Exception {
    server = ObjectStoreServer.start(new FilesystemNio2BlobStore(folder.toString()));
    threads = Executors.newCachedThreadPool();
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.setExecutor(threads);
    byte[] zeros = new byte[1 << 20];
    byte[] head = clipHead();
    host.createContext(
        "/",
        exchange -> {
          served.incrementAndGet();
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          exchange.sendResponseHeaders(200, bytes());
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(head);
            for (long left = bytes() - head.length; left > 0; left -= zeros.length) {
              out.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
          }
        });
    host.start();
  }

  @AfterEach
  void stop() {
    host.stop(0);
    threads.shutdownNow();
    server.close();
  }

  @Test
  void clip_streamsIntoABucket_aboutAsFastAsOnePut() throws Exception {
    BucketStore store = ObjectStoreServer.store(server.location("speed"));
    double[] ours = new double[ROUNDS];
    FolderStore disk = new FolderStore(folder.resolve("disk"));
    double[] onePut = new double[ROUNDS];
    double[] onDisk = new double[ROUNDS];
    fetch(store, "warm");
    fetch(disk, "warm");
    putAtOnce("warm");
    for (int round = 0; round < ROUNDS; round++) {
      String id = "round-" + round;
      onePut[round] = seconds(() -> putAtOnce(id));
      ours[round] = seconds(() -> fetch(store, id));
      onDisk[round] = seconds(() -> fetch(disk, id));
    }
    Arrays.sort(ours);
    Arrays.sort(onePut);
    Arrays.sort(onDisk);

    System.out.printf(
        "BENCH bucket %d MB: ours %.2f s, one put %.2f s, into a folder %.2f s, speed of ours to one"
            + " put %.2f (medians of %d)%n",
        MEGABYTES,
        ours[ROUNDS / 2],
        onePut[ROUNDS / 2],
        onDisk[ROUNDS / 2],
        onePut[ROUNDS / 2] / ours[ROUNDS / 2],
        ROUNDS);
    assertThat(served).hasValue(3 * ROUNDS + 3);
  }

  @Test
  void eightAtOnce_holdTwoBuffersEach() throws Exception {
    BucketStore store = ObjectStoreServer.store(server.location("memory"));
    fetch(store, "warm");
    long before = liveHeap();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "clip-" + i;
      running.add(
          threads.submit(
              () -> {
                fetch(store, id);
                return null;
              }));
    }
    long most = 0;
    while (!running.stream().allMatch(Future::isDone)) {
      most = Math.max(most, liveHeap() - before);
    }
    for (Future<?> each : running) {
      each.get();
    }

    System.out.printf(
        "BENCH bucket eight of %d MB at once: %d MiB live at most beside what was there, with the"
            + " object store's own%n",
        MEGABYTES, most >> 20);
    assertThat(most).isPositive();
  }

  private void fetch(ArtifactStore store, String id) throws Exception {
    Pace pace = new Pace(DownloadLimits.DEFAULTS, Duration.ofMinutes(30), System::nanoTime);
    Artifact stored =
        new Download(TestFiles.of(hostUrl()), DownloadLimits.DEFAULTS, pace, bytes -> {})
            .fetch(Artifact.Kind.VIDEO, hostUrl().resolve(id), store.place(id, "cgt-" + id));
    assertThat(stored.bytes()).isEqualTo(bytes());
  }

  private void putAtOnce(String id) throws Exception {
    try (InputStream content = hostUrl().resolve(id).toURL().openStream()) {
      server.put("one-put/" + id, content, bytes());
    }
  }

  private URI hostUrl() {
    return URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/");
  }

  private static long bytes() {
    return (long) MEGABYTES << 20;
  }

  /** With an mdat box as long as the rest of the file. */
  private static byte[] clipHead() {
    byte[] head = Arrays.copyOf(HEAD, HEAD.length);
    int at = indexOfMdat(head);
    int size = (int) (bytes() - at + 4);
    for (int i = 0; i < 4; i++) {
      head[at - 4 + i] = (byte) (size >>> (8 * (3 - i)));
    }
    return head;
  }

  private static int indexOfMdat(byte[] head) {
    for (int i = 4; i < head.length - 3; i++) {
      if (head[i] == 'm' && head[i + 1] == 'd' && head[i + 2] == 'a' && head[i + 3] == 't') {
        return i;
      }
    }
    throw new AssertionError("no mdat");
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
