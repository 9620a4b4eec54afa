/// A key as the application sees it, whatever the terminal sent for it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case function(Int)
  case enter, escape, tab, backTab, backspace, delete, space
  case up, down, left, right, home, end, pageUp, pageDown
}

/// A mouse action in cell coordinates.
public struct MouseEvent: Hashable, Sendable {
  /// A drag is a move with a button held.
  public enum Kind: Sendable { case press, drag, release, wheelUp, wheelDown }
  public var kind: Kind
  public var x: Int
  public var y: Int

  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}

/// Something that the terminal or the event loop reports to the application.
public enum InputEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  /// Text that was pasted, cut off where it is very long; it may hold any character.
  case paste(String)
  case resized(Size)
  /// The wake descriptor became readable: there is a message in a mailbox.
  case woke
  /// The animation interval has passed.
  case tick
  /// SIGTERM, SIGHUP, SIGINT or SIGQUIT arrived: save what must be saved, then stop.
  case terminate(signal: Int32)
}

/// What a terminal can show, decided once at start from the environment.
public enum ColorTier: String, Sendable, CaseIterable {
  case truecolor
  case ansi256 = "256"
  case ansi16 = "16"
  case mono
}

/// A program that a terminal's event loop drives.
///
/// The loop owns the clock: it calls `draw` at most at its frame rate, only when `needsDraw` is
/// set, and blocks without waking while nothing happens.
@MainActor public protocol TerminalApplication: AnyObject {
  /// False ends the loop.
  var isRunning: Bool { get }
  /// Set when what `draw` would show has changed; `draw` clears it.
  var needsDraw: Bool { get }
  /// The time between `.tick` events, in milliseconds, or nil while nothing animates.
  var tickMilliseconds: Int? { get }
  /// A descriptor that becomes readable when another thread has a message (a pipe or an eventfd);
  /// the loop drains it and sends `.woke`. -1 for none.
  var wakeDescriptor: Int32 { get }
  /// The colours in force; the terminal looks at it before each frame.
  var theme: Theme { get }
  func receive(_ event: InputEvent)
  func draw(into canvas: inout Canvas)
}
