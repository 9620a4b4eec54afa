import CTerminalGuard
import Glibc
import TermPlot

extension CursesTerminal {
  /// Blocks until there is something to do.
  func wait(for application: any TerminalApplication) {
    let now = CursesTerminal.now
    let output = Int16(queue.isEmpty ? 0 : POLLOUT)
    waits[0] = pollfd(
      fd: isClaimed ? line.descriptor : -1, events: Int16(POLLIN) | output, revents: 0)
    waits[1] = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
    // Mail that came just after the last look waits until the next is due.
    let isMailDue = now >= clock.wakeDue
    waits[2] = pollfd(
      fd: isMailDue ? application.wakeDescriptor : -1, events: Int16(POLLIN), revents: 0)
    let wantsFrame = isClaimed && queue.isEmpty && (needsClear || application.needsDraw)
    let timeout = clock.timeout(
      at: now, wantsFrame: wantsFrame, awaitsMail: application.wakeDescriptor >= 0,
      inputDue: isClaimed ? decoder.deadline : nil)
    // Interrupted, it reports nothing, and the loop comes back here.
    if poll(&waits, nfds_t(waits.count), timeout) < 0 {
      for index in waits.indices { waits[index].revents = 0 }
    }
  }

  /// Reports to the program what has happened.
  func dispatch(to application: any TerminalApplication) {
    if waits[1].revents != 0 { takeSignals(application) }
    if waits[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, isClaimed {
      readInput(application)
    }
    if waits[0].revents & Int16(POLLHUP | POLLERR) != 0, isClaimed { hangUp(application) }
    if isClaimed, let due = decoder.deadline, CursesTerminal.now >= due {
      takeInput(application) { $0.expire($1) }
    }
    if waits[2].revents != 0 { takeMail(application) }
    if clock.ticks(every: application.tickMilliseconds, at: CursesTerminal.now) {
      application.receive(.tick)
    }
  }

  /// Treats a terminal that is gone as SIGHUP, once.
  func hangUp(_ application: any TerminalApplication) {
    guard isClaimed else { return }
    restore()
    end(application, by: SIGHUP)
  }

  private func takeSignals(_ application: any TerminalApplication) {
    while true {
      let signal = sf_next_signal(signals)
      switch signal {
      case 0: return
      case SIGWINCH: followSize(application)
      case SIGTSTP: suspend(application)
      case SIGCONT: resume(application)
      default: end(application, by: signal)
      }
    }
  }

  private func end(_ application: any TerminalApplication, by signal: Int32) {
    endingSignal = endingSignal ?? signal
    application.receive(.terminate(signal: signal))
  }

  /// Reads what has arrived, and tells a line that is gone from one that has nothing.
  private func readInput(_ application: any TerminalApplication) {
    let count = read(line.descriptor, &input, input.count)
    switch count {
    case 1...:
      let now = CursesTerminal.now
      let bytes = input[..<count]
      takeInput(application) { decoder, handle in decoder.feed(bytes, at: now, handle) }
    case 0: hangUp(application)
    default:
      guard errno != EAGAIN, errno != EINTR else { return }
      // The shell took the terminal back while the process above was stopped alone.
      let isInBackground = errno == EIO && sf_is_foreground(line.descriptor) == 0
      isInBackground && sf_can_be_resumed() != 0 ? suspend(application) : hangUp(application)
    }
  }

  /// Hands on what the decoder makes of input; two keys are the terminal's own.
  private func takeInput(
    _ application: any TerminalApplication,
    decode: (inout InputDecoder, (InputEvent) -> Void) -> Void
  ) {
    var suspends = false
    decode(&decoder) { event in
      switch event {
      case .key(.control("z")): suspends = true
      case .key(.control("l")): needsClear = true
      default: if application.isRunning { application.receive(event) }
      }
    }
    clock.heardUser(at: CursesTerminal.now)
    if suspends { suspend(application) }
  }

  private func takeMail(_ application: any TerminalApplication) {
    // Eight bytes are the whole counter of an eventfd, and a fair sip from a pipe.
    var counter: UInt64 = 0
    _ = read(application.wakeDescriptor, &counter, MemoryLayout.size(ofValue: counter))
    clock.woke(at: CursesTerminal.now)
    application.receive(.woke)
  }

  /// Gives the terminal back to the shell until the job is continued.
  private func suspend(_ application: any TerminalApplication) {
    guard isClaimed, sf_can_be_resumed() != 0 else { return }
    restore()
    if line.suspend() { resume(application) }
  }

  /// Takes the screen again after the process was stopped, by itself or by others.
  private func resume(_ application: any TerminalApplication) {
    guard endingSignal == nil else { return }
    // Continued in the background after it was stopped with the screen up: what is on the terminal
    // now is the shell's, to whom nothing is given back a second time.
    isClaimed = false
    queue.drop()
    guard line.awaitTurn() else { return }
    claim()
    followSize(application)
  }
}
