import CursesTerminal
import Foundation
import ScoreLab
import TermPlot
import Workbench

extension FuzzTarget {
  static let terminal: [FuzzTarget] = [
    FuzzTarget(
      "keys", "bytes of a terminal", seeds: { strokes },
      reader: { bytes in
        guard !bytes.isEmpty else { return nil }
        let whole = events(of: bytes, cutAt: bytes.count)
        for cut in 1..<max(2, min(bytes.count, 4)) where events(of: bytes, cutAt: cut) != whole {
          return "however bytes are cut into reads, they are the same keys"
        }
        return nil
      }),
    FuzzTarget(
      "screen", "the workbench under the bytes of a terminal, on screens of many sizes",
      seeds: { strokes + commands },
      reader: { bytes in
        drawScreens(bytes, try snapshot.get())
        return nil
      }),
  ]

  private static let strokes: [[UInt8]] =
    [
      "a\u{E9}\u{1B}[A\u{20AC}\u{1B}[<0;12;7M\u{1B}[<0;12;7m\u{1F600}\u{1B}OP\t\u{1B}[Z",
      "\u{1B}[200~x;y\u{1B}[201~z\u{1B}[1;5C\u{1B}[5~\u{1B}\u{1B}[<64;3;4M\r\u{7F}",
    ].map { Array($0.utf8) }

  private static let commands: [[UInt8]] =
    [
      ":seed=4\r?jjkk\u{1B}", "/loss\r\u{1B}nN", "2bbbbbbb3c4w%%%%!", "^\u{10}sweep\r",
      "gxjjj\r lq",
      "S_=u\u{15}U~*<>+-0{}[]()", "tT\t\t\t\r", "ellll\rr",
      ":export loss a.svg\r:open x\r:theme\r",
    ].map { Array($0.utf8) }

  private static func events(of bytes: [UInt8], cutAt size: Int) -> [InputEvent] {
    var (decoder, events) = (InputDecoder(sequences: KeySequences { _ in [] }), [InputEvent]())
    for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
      let read = bytes[start..<min(start + size, bytes.count)]
      decoder.feed(read, at: 0) { events.append($0) }
    }
    if decoder.deadline != nil { decoder.expire { events.append($0) } }
    return events
  }

  /// A run to show: a few steps, and what the first page measures.
  private static let snapshot = Result {
    let configuration = try RunConfiguration().setting([
      "distribution.kind=two_moons", "network.hidden=[4]", "sampler.count=64", "sampler.steps=4",
      "probe.points=256", "probe.levels=3",
    ])
    var session = try Session(configuration: configuration, dataSource: DataFile())
    for _ in 0..<20 { _ = session.trainStep() }
    session.measure()
    return session.snapshot(generation: 0, status: .paused, stepsPerSecond: 100)
  }

  /// The first two bytes are the size of the screen; what follows comes from its keyboard.
  private static func drawScreens(_ bytes: [UInt8], _ snapshot: Snapshot) {
    guard bytes.count > 2 else { return }
    let size = Size(columns: 20 + Int(bytes[0]), rows: 5 + Int(bytes[1]) / 3)
    var workbench = DeafWorkbench(size: size, configuration: snapshot.configuration)
    workbench.receive(snapshot)
    var canvas = Canvas(size: size)
    // Much is drawn for every key, so that long inputs would say no more than short ones.
    let keys = Array(bytes.dropFirst(2).prefix(200))
    for event in events(of: keys, cutAt: keys.count) {
      workbench.receive(event)
      workbench.draw(into: &canvas)
    }
  }
}
