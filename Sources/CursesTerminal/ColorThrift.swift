/// Takes out of a frame the colour sequences that set what is set already.
///
/// ncurses sets foreground and background anew wherever either changes; on plots over one
/// background that is nearly half of all bytes.
enum ColorThrift {
  private static let escape: UInt8 = 0x1B

  /// Shortens the bytes from `start` on, in place; what a terminal shows for them is the same.
  static func shorten(_ bytes: inout [UInt8], from start: Int) {
    var (foreground, background) = (0..<0, 0..<0)
    var (input, output) = (start, start)
    while input < bytes.count {
      let end = endOfSequence(bytes, at: input)
      var isRedundant = false
      // Where the sequence will stand; what precedes it never moves again, so it can be compared.
      let kept = output..<output + (end - input)
      switch kind(bytes, input..<end) {
      case .foreground:
        isRedundant = isEqual(bytes, foreground, input..<end)
        if !isRedundant { foreground = kept }
      case .background:
        isRedundant = isEqual(bytes, background, input..<end)
        if !isRedundant { background = kept }
      case .otherRendition: (foreground, background) = (0..<0, 0..<0)
      case .none: break
      }
      if !isRedundant {
        for offset in 0..<end - input { bytes[output + offset] = bytes[input + offset] }
        output = kept.upperBound
      }
      input = end
    }
    bytes.removeLast(bytes.count - output)
  }

  private enum Kind { case foreground, background, otherRendition, none }

  /// The end of the control sequence at an index, or the index after it when there is none.
  private static func endOfSequence(_ bytes: [UInt8], at start: Int) -> Int {
    guard bytes[start] == escape, start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "[")
    else { return start + 1 }
    var index = start + 2
    while index < bytes.count, !(0x40..<0x7F ~= bytes[index]) { index += 1 }
    return min(index + 1, bytes.count)
  }

  private static func kind(_ bytes: [UInt8], _ range: Range<Int>) -> Kind {
    // `ESC [ 3 1 m` is the shortest that sets a colour.
    guard range.count > 2, bytes[range.upperBound - 1] == UInt8(ascii: "m") else { return .none }
    guard range.count > 4 else { return .otherRendition }
    let (tens, units) = (bytes[range.lowerBound + 2], bytes[range.lowerBound + 3])
    let isLong = bytes[range.lowerBound + 4] != UInt8(ascii: "m")
    // 38 and 48 are followed by more numbers, 30...37 and 40...47 by nothing.
    let setsColor = isLong == (units == UInt8(ascii: "8")) && units < UInt8(ascii: "9")
    switch tens {
    case UInt8(ascii: "3") where setsColor: return .foreground
    case UInt8(ascii: "4") where setsColor: return .background
    default: return .otherRendition
    }
  }

  private static func isEqual(_ bytes: [UInt8], _ a: Range<Int>, _ b: Range<Int>) -> Bool {
    guard a.count == b.count else { return false }
    for offset in 0..<a.count where bytes[a.lowerBound + offset] != bytes[b.lowerBound + offset] {
      return false
    }
    return true
  }
}
