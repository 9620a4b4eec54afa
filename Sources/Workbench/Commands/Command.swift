import TermPlot

/// The name of a command, by which tests, lists and other commands refer to it.
struct CommandID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// Where it belongs and what it does, such as `run.pause`.
  let description: String

  init(_ description: String) { self.description = description }

  init(stringLiteral value: String) { description = value }
}

/// Whether a command can do anything now.
enum Availability: Equatable, Sendable {
  case yes
  /// No, and why, in a few words for the footer.
  case no(String)

  /// Yes where a condition holds, and the reason otherwise.
  static func when(_ condition: Bool, otherwise reason: String) -> Availability {
    condition ? .yes : .no(reason)
  }
}

/// Keys that give a command, and how they are written.
struct Shortcut: Sendable, Equatable {
  /// Such as `up k` or `Shift-Tab`.
  let label: String
  let keys: [Key]
  /// What help says of these keys; nil for the command's title.
  let title: String?

  init(_ label: String, _ keys: Key..., title: String? = nil) {
    self.label = label
    self.keys = keys
    self.title = title
  }
}

/// What the footer says of a command.
struct Hint: Sendable {
  /// The hints to know first, in this order; all others follow.
  enum Rank: Int, Sendable { case help, quit, pause, focus, page, choose }

  /// The keys as the footer writes them; a pair of commands shares one hint, such as `[ ]`.
  let keys: String
  let rank: Rank?
  /// The word behind the keys, which may depend on what the command would do now; empty for no hint.
  let word: @Sendable (WorkbenchState) -> String

  init(_ keys: String, _ word: String, _ rank: Rank? = nil) {
    self.init(keys, rank) { _ in word }
  }

  init(_ keys: String, _ rank: Rank?, word: @escaping @Sendable (WorkbenchState) -> String) {
    self.keys = keys
    self.rank = rank
    self.word = word
  }
}

/// What the wheel does to a pane it turns over.
struct Wheel: Sendable, Equatable {
  let kind: MouseEvent.Kind
  /// How often one notch gives the command.
  let times: Int
}

/// Something a person can do.
///
/// Keys, footer, help and mouse are all read from commands, so none of them can say anything else
/// than what happens.
struct Command: Sendable {
  let id: CommandID
  /// What it does, in a few words.
  let title: String
  let shortcuts: [Shortcut]
  let hint: Hint?
  let wheel: Wheel?
  /// Whether it can do anything now, or why not.
  ///
  /// Where it says yes, ``perform`` changes something.
  let availability: @Sendable (WorkbenchState) -> Availability
  /// Does it; only to be called where it is available.
  let perform: @Sendable (inout WorkbenchState) -> [Effect]

  /// Describes a command.
  ///
  /// - Parameters:
  ///   - id: A name that no other command has.
  ///   - title: What it does, for help.
  ///   - keys: The keys that give it.
  ///   - hint: What the footer says of it; nil keeps it out of there.
  ///   - wheel: What the wheel does with it over the command's pane.
  ///   - availability: Whether it can do anything now.
  ///   - perform: Changes the state and returns the work that this calls for.
  init(
    _ id: CommandID, _ title: String, keys: Shortcut..., hint: Hint? = nil, wheel: Wheel? = nil,
    availability: @escaping @Sendable (WorkbenchState) -> Availability = { _ in .yes },
    perform: @escaping @Sendable (inout WorkbenchState) -> [Effect]
  ) {
    self.id = id
    self.title = title
    shortcuts = keys
    self.hint = hint
    self.wheel = wheel
    self.availability = availability
    self.perform = perform
  }

  /// The same for a command that only changes the state.
  init(
    _ id: CommandID, _ title: String, keys: Shortcut..., hint: Hint? = nil, wheel: Wheel? = nil,
    availability: @escaping @Sendable (WorkbenchState) -> Availability = { _ in .yes },
    change: @escaping @Sendable (inout WorkbenchState) -> Void
  ) {
    self.id = id
    self.title = title
    shortcuts = keys
    self.hint = hint
    self.wheel = wheel
    self.availability = availability
    perform = { state in
      change(&state)
      return []
    }
  }

  /// Every key that gives it.
  var keys: [Key] { shortcuts.flatMap(\.keys) }
}

extension WorkbenchState {
  /// Gives the keys to the pane of a command that no key reaches from where they are.
  mutating func giveKeys(to command: Command, ofPane pane: Int?) {
    if let pane, !isReached(command) { focus = pane }
  }

  /// Whether a key gives a command from where the keys are.
  func isReached(_ command: Command) -> Bool {
    command.keys.contains {
      CommandRegistry.command(for: $0, focus: focus, on: pageType)?.id == command.id
    }
  }

  /// Does a command, or says why it cannot be done now.
  mutating func perform(_ command: Command) -> [Effect] {
    notice = nil
    switch command.availability(self) {
    case .yes: return noting(command.id.description) { command.perform(&$0) }
    case .no(let reason):
      notice = Notice(text: reason, role: .accent)
      return []
    }
  }
}
