package import TermPlot

/// Turns the bytes that a terminal sends into keys, mouse actions and pasted text.
///
/// It keeps what has begun and is not complete, at most a few bytes or one paste, so it does not
/// matter how the bytes are cut into reads. What no terminal should send is dropped, and never takes
/// the key behind it along.
///
/// Source: ECMA-48 5.4 (control sequences); *Xterm Control Sequences* (Moy, Gildea, Dickey), mouse
/// tracking and bracketed paste mode.
package struct InputDecoder {
  /// How long a lone Escape may be the begin of a sequence, in nanoseconds.
  static let escapeDelay: Int64 = 25_000_000
  /// How long the rest of a longer sequence is waited for; less would type it as keys.
  static let sequenceDelay: Int64 = 500_000_000
  /// After this much silence in a paste Ctrl-C is the user's: the end of the paste was lost.
  static let pasteSilence: Int64 = 1_000_000_000
  /// No terminal sends a longer sequence.
  private static let sequenceLimit = 64
  private static let (escape, delete): (UInt8, UInt8) = (0x1B, 0x7F)

  private let sequences: KeySequences
  private var characters = CharacterDecoder()
  /// A sequence that has begun, from its Escape on.
  private var pending: [UInt8] = []
  private var paste: PasteCollector?
  private var lastInput: Int64 = 0

  package init(sequences: KeySequences) { self.sequences = sequences }

  /// When ``expire(_:)`` is due, on the clock given to ``feed(_:at:_:)``; nil when nothing waits.
  package var deadline: Int64? {
    guard !pending.isEmpty else { return nil }
    return lastInput + (pending.count <= 2 ? Self.escapeDelay : Self.sequenceDelay)
  }

  /// Takes bytes in the order they came.
  ///
  /// - Parameters:
  ///   - bytes: What one read gave.
  ///   - now: When, in nanoseconds of a steady clock.
  ///   - handle: Called for each event, in order.
  package mutating func feed(
    _ bytes: some Collection<UInt8>, at now: Int64, _ handle: (InputEvent) -> Void
  ) {
    if paste != nil, now - lastInput > Self.pasteSilence, bytes.elementsEqual([0x03]) {
      paste = nil
    }
    lastInput = now
    for byte in bytes { take(byte, handle) }
  }

  /// Takes what waits as it is, because nothing came after it.
  package mutating func expire(_ handle: (InputEvent) -> Void) {
    let waiting = pending
    pending.removeAll(keepingCapacity: true)
    // Alt-[ and Alt-O look like the begin of a sequence; a longer one was broken on its way.
    guard let first = waiting.first, waiting.count <= 2 else { return }
    type(first, handle)
    if let second = waiting.dropFirst().first { type(second, handle) }
  }

  private mutating func take(_ byte: UInt8, _ handle: (InputEvent) -> Void) {
    if paste != nil {
      guard let text = paste?.take(byte) else { return }
      paste = nil
      handle(.paste(text))
    } else if !pending.isEmpty {
      proceed(byte, handle)
    } else if byte == Self.escape {
      characters.reset()
      pending = [byte]
    } else {
      type(byte, handle)
    }
  }

  private mutating func type(_ byte: UInt8, _ handle: (InputEvent) -> Void) {
    guard let code = characters.take(byte), let key = KeyDecoder.key(ofCharacter: code) else {
      return
    }
    handle(.key(key))
  }

  /// Goes on with a sequence that has begun.
  private mutating func proceed(_ byte: UInt8, _ handle: (InputEvent) -> Void) {
    if byte == Self.escape {
      // Escape twice in a row is the key, pressed before another or before a sequence.
      if pending.count <= 2 { expire(handle) }
      pending = [byte]
      return
    }
    pending.append(byte)
    if let key = sequences.key(of: pending) { return finish(.key(key), handle) }
    guard !sequences.isBeginning(pending) else { return }
    switch pending[1] {
    case UInt8(ascii: "["): proceedInControlSequence(handle)
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return }
      isPrintable(byte)
        ? finish(KeyDecoder.key(ofSingleShift: byte).map { .key($0) }, handle)
        : abandon(before: byte, handle)
    default:
      // Alt and a key, or Escape with the next key close behind.
      let rest = pending.dropFirst()
      pending.removeAll(keepingCapacity: true)
      type(Self.escape, handle)
      for byte in rest { take(byte, handle) }
    }
  }

  private mutating func proceedInControlSequence(_ handle: (InputEvent) -> Void) {
    guard pending.count > 2, let last = pending.last else { return }
    if pending[2] == UInt8(ascii: "M") {
      // The oldest mouse report: three bytes, each 32 above its number.
      guard last >= 0x20 else { return abandon(before: last, handle) }
      guard pending.count == 6 else { return }
      let numbers = pending[3...].map { Int($0) - 32 }
      let event = KeyDecoder.mouse(button: numbers[0], column: numbers[1], row: numbers[2])
      return finish(event.map { .mouse($0) }, handle)
    }
    switch last {
    case 0x40..<Self.delete: interpret(pending[2..<pending.count - 1], final: last, handle)
    case 0x20..<0x40 where pending.count < Self.sequenceLimit: break
    default: abandon(before: last, handle)
    }
  }

  /// Acts on a complete control sequence; one that is unknown does nothing.
  private mutating func interpret(
    _ parameters: ArraySlice<UInt8>, final: UInt8, _ handle: (InputEvent) -> Void
  ) {
    let isMouse = parameters.first == UInt8(ascii: "<")
    let numbers = Self.numbers(parameters.dropFirst(isMouse ? 1 : 0))
    guard let numbers else { return finish(nil, handle) }
    if isMouse {
      // A release ends in a small m.
      let isRelease = final == UInt8(ascii: "m")
      guard isRelease || final == UInt8(ascii: "M"), numbers.count == 3 else {
        return finish(nil, handle)
      }
      let event = KeyDecoder.mouse(
        button: numbers[0], column: numbers[1], row: numbers[2], isRelease: isRelease)
      return finish(event.map { .mouse($0) }, handle)
    }
    if final == UInt8(ascii: "~"), numbers == [200] { paste = PasteCollector() }
    finish(KeyDecoder.key(ofNumbers: numbers, final: final).map { .key($0) }, handle)
  }

  private mutating func finish(_ event: InputEvent?, _ handle: (InputEvent) -> Void) {
    pending.removeAll(keepingCapacity: true)
    if let event { handle(event) }
  }

  /// Drops a broken sequence, and takes the byte that broke it for itself.
  private mutating func abandon(before byte: UInt8, _ handle: (InputEvent) -> Void) {
    pending.removeAll(keepingCapacity: true)
    take(byte, handle)
  }

  private func isPrintable(_ byte: UInt8) -> Bool { (0x20..<Self.delete).contains(byte) }

  /// The numbers between semicolons, 0 where one is left out; nil when there is anything else.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
    guard !bytes.isEmpty else { return [] }
    var numbers: [Int] = []
    for part in bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      // More digits than any size has; a number that large is out of every range.
      numbers.append(part.prefix(9).reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return numbers
  }
}
