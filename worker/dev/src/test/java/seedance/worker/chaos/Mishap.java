package seedance.worker.chaos;

import seedance.worker.dev.simulator.Operation;

/** What happens to one request between a worker and the service, and when. */
enum Mishap {
  RESET_BEFORE_SEND(Operation.CREATE, Moment.BEFORE_SEND, Deed.RESET, "beforeSend"),
  RESET_AFTER_SEND(Operation.CREATE, Moment.AFTER_SEND, Deed.RESET, "afterSend"),
  /** The service has done its work and answered, and nothing of the answer arrives. */
  LOST_REPLY(Operation.CREATE, Moment.BEFORE_REPLY, Deed.RESET, "lostReply"),
  STALL(Operation.CREATE, Moment.BEFORE_REPLY, Deed.STALL, "stall"),
  KILL_BEFORE_SEND(Operation.CREATE, Moment.BEFORE_SEND, Deed.KILL, "beforeSend"),
  KILL_AFTER_SEND(Operation.CREATE, Moment.AFTER_SEND, Deed.KILL, "afterSend"),
  KILL_AFTER_REPLY(Operation.CREATE, Moment.AFTER_REPLY, Deed.KILL, "afterReply"),
  /** The worker has the answer and can write it down, but Temporal never hears of it. */
  KILL_BEFORE_COMPLETION(
      Operation.CREATE, Moment.AFTER_REPLY, Deed.KILL_UNHEARD, "beforeCompletion"),
  /**
   * The worker stands still until Temporal has given up on it, and for longer than anyone searches
   * for its task; then it goes on, with the work that it was given before and meanwhile.
   */
  FREEZE_AFTER_SEND(Operation.CREATE, Moment.AFTER_SEND, Deed.FREEZE, "afterSend"),
  KILL_DURING_LOOK(Operation.LOOK, Moment.AFTER_SEND, Deed.KILL, "duringLook"),
  KILL_DURING_DOWNLOAD(Operation.DOWNLOAD, Moment.HALF_REPLY, Deed.KILL, "duringDownload");

  /** The points of an exchange at which something can happen. */
  enum Moment {
    /** The worker has sent a request, of which the service has no byte yet. */
    BEFORE_SEND,
    /** The service has the whole request, the worker no byte of a reply. */
    AFTER_SEND,
    /** The service has sent its whole reply, of which the worker has no byte. */
    BEFORE_REPLY,
    /** The worker has the reply's head and half of its body. */
    HALF_REPLY,
    /** The worker has the whole reply. */
    AFTER_REPLY
  }

  /** What happens. */
  enum Deed {
    /** The worker's connection is reset. */
    RESET,
    /** Nothing comes for a while, then everything as it should. */
    STALL,
    /** The worker stands still for a while. */
    FREEZE,
    /** The worker is killed. */
    KILL,
    /** The worker is killed a moment later, cut off from Temporal since before the reply. */
    KILL_UNHEARD
  }

  private final Operation operation;
  private final Moment moment;
  private final Deed deed;
  private final String label;

  Mishap(Operation operation, Moment moment, Deed deed, String label) {
    this.operation = operation;
    this.moment = moment;
    this.deed = deed;
    this.label = label;
  }

  Operation operation() {
    return operation;
  }

  Moment moment() {
    return moment;
  }

  Deed deed() {
    return deed;
  }

  /** The word for it in the line that a run prints. */
  String label() {
    return label;
  }

  /** What it is counted as in that line. */
  String kind() {
    return switch (deed) {
      case KILL, KILL_UNHEARD -> "kills";
      case FREEZE -> "freezes";
      case RESET, STALL -> "resets";
    };
  }
}
