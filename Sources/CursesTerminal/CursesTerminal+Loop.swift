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
      at: now, wantsFrame: wantsFrame, awaitsMail: application.wakeDescriptor >= 0)
    // Interrupted, it reports nothing, and the loop comes back here.
    if poll(&waits, nfds_t(waits.count), timeout) < 0 {
      for index in waits.indices { waits[index].revents = 0 }
    }
  }

  /// Tells the program what has happened.
  func dispatch(to application: any TerminalApplication) {
    if waits[1].revents != 0 { takeSignals(application) }
    if waits[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, isClaimed {
      takeInput(application)
    }
    if waits[0].revents & Int16(POLLHUP | POLLERR) != 0, isClaimed { hangUp(application) }
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

  private func takeInput(_ application: any TerminalApplication) {
    var suspends = false
    let isAnything = screen.readInput { event in
      switch event {
      case .key(.control("z")): suspends = true
      case .key(.control("l")): needsClear = true
      default: if application.isRunning { application.receive(event) }
      }
    }
    // The shell took the terminal back while the process above was stopped alone.
    if !isAnything, sf_is_foreground(line.descriptor) == 0 { suspends = true }
    // A line that is readable for ever and gives nothing would keep the loop busy.
    emptyReads = isAnything ? 0 : emptyReads + 1
    if emptyReads > 100 { hangUp(application) }
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
    guard endingSignal == nil, sf_is_foreground(line.descriptor) != 0 else { return }
    claim()
    followSize(application)
  }
}
