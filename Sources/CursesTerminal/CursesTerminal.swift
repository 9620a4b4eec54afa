import CTerminalGuard
import Glibc
public import TermPlot

/// The real screen, keyboard and mouse, and the loop that drives a program with them.
///
/// One `poll` waits for keys, signals, the program's wake descriptor and, only while bytes wait,
/// for the terminal to take more. Nothing blocks on output: while the terminal has not taken a
/// frame the next is not drawn, and keys are handled meanwhile.
@MainActor public final class CursesTerminal {
  public let capabilities: TerminalCapabilities

  let line: TerminalLine
  let screen: CursesScreen
  let signals: Int32
  var clock: FrameClock
  var queue = OutputQueue()
  var canvas: Canvas
  /// Whether the screen is ours to draw on and the keyboard ours to read.
  var isClaimed = false
  /// Whether what the terminal shows is unknown, so that all of it must be drawn.
  var needsClear = true
  /// The first signal that asked the program to end.
  var endingSignal: Int32?
  var decoder: InputDecoder
  /// Where input is read to: what a line holds at most, so that one look takes all of it.
  var input = [UInt8](repeating: 0, count: 4096)
  /// The terminal, the signals, the program's wake descriptor.
  var waits = [pollfd(), pollfd(), pollfd()]

  /// Opens the terminal of standard input and output, without touching the screen yet.
  ///
  /// - Parameter options: How it is to be used.
  /// - Throws: When there is no terminal, or not one that a screen can be drawn on.
  public init(options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    line = try TerminalLine()
    capabilities = TerminalCapabilities.detect(preferredTier: options.colorTier)
    if let problem = capabilities.problem { throw problem }
    signals = sf_signal_descriptor()
    guard signals >= 0 else { throw .failed(call: "signalfd", code: errno) }
    screen = try CursesScreen(
      capabilities: capabilities, input: line.descriptor, usesMouse: options.usesMouse)
    decoder = InputDecoder(sequences: screen.keySequences)
    clock = FrameClock(framesPerSecond: options.framesPerSecond)
    canvas = Canvas(size: line.size)
    screen.resize(to: canvas.size)
  }

  /// Drives a program until it stops, then restores the terminal.
  ///
  /// - Parameter application: Gets everything that happens, and asked for each frame.
  /// - Returns: The signal that ended it, or nil when it ended by itself. After a signal, finish
  ///   what must be finished and call ``Supervisor/die(by:)``.
  public func run(_ application: any TerminalApplication) -> Int32? {
    sf_guard_install()
    sf_end_early_watch()
    goFirst()
    // Not over what the shell and others show; a signal that ends the wait is taken by the loop.
    if line.awaitTurn() { claim() }
    application.receive(.resized(canvas.size))
    while application.isRunning {
      drawIfDue(application)
      // Another process has restored the terminal if this one was stopped or lost its supervisor;
      // the signal that reports it is on its way.
      if isClaimed, line.isHeld, !queue.flush(to: line.descriptor) { hangUp(application) }
      guard application.isRunning else { break }
      wait(for: application)
      dispatch(to: application)
    }
    restore()
    return endingSignal
  }

  /// Leaves the screen as it was found; does nothing when that is done.
  public func restore() {
    guard isClaimed else { return }
    isClaimed = false
    queue.drop()
    line.release()
  }

  /// Takes the screen, whatever it shows.
  func claim() {
    isClaimed = true
    needsClear = true
    // The rest of what had begun went to the shell.
    decoder = InputDecoder(sequences: screen.keySequences)
    line.claim(restoreBytes: screen.restoreBytes)
    // What was not written is cut off anyway, and the screen is drawn anew.
    queue.drop()
    queue.append(screen.claimBytes)
    _ = queue.flush(to: line.descriptor)
  }

  /// Takes the terminal's size if it has changed.
  func followSize(_ application: any TerminalApplication) {
    let size = line.size
    guard size != canvas.size else { return }
    canvas = Canvas(size: size)
    screen.resize(to: size)
    needsClear = true
    application.receive(.resized(size))
  }

  /// Takes this thread's turn before other programs', where the user may: root, or by a limit set.
  ///
  /// A frame takes a few milliseconds of a core, and another program that wants the same core makes
  /// it wait as long again.
  private func goFirst() {
    let this = __priority_which_t(PRIO_PROCESS.rawValue)
    // On Linux 0 is the calling thread alone.
    _ = setpriority(this, 0, getpriority(this, 0) - 10)
  }

  private func drawIfDue(_ application: any TerminalApplication) {
    // While the terminal has not taken the last frame, frames are left out.
    guard isClaimed, queue.isEmpty, needsClear || application.needsDraw else { return }
    let now = CursesTerminal.now
    guard needsClear || now >= clock.frameDue else { return }
    canvas.fill(canvas.bounds)
    canvas.cursor = nil
    let size = canvas.size
    application.draw(into: &canvas)
    precondition(canvas.size == size, "A program may not change the size of the canvas.")
    screen.draw(&canvas, theme: application.theme, fromScratch: needsClear, into: &queue)
    needsClear = false
    clock.drew(at: now)
  }

  /// Nanoseconds of a clock that never jumps.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
