import Testing

@testable import CursesTerminal

@Suite struct FrameClockTests {
  private let millisecond: Int64 = 1_000_000

  @Test("Nothing to do is nothing to wait for")
  func idle() {
    var clock = FrameClock(framesPerSecond: 25)
    #expect(clock.timeout(at: 0, wantsFrame: false, awaitsMail: true) == -1)
    clock.drew(at: 0)
    #expect(clock.timeout(at: millisecond, wantsFrame: false, awaitsMail: true) == -1)
  }

  @Test("Frames keep their distance, and a key brings the next one forward")
  func pace() {
    var clock = FrameClock(framesPerSecond: 25)
    clock.drew(at: 0)
    #expect(clock.timeout(at: 0, wantsFrame: true, awaitsMail: false) == 40)
    #expect(clock.timeout(at: 50 * millisecond, wantsFrame: true, awaitsMail: false) == 0)
    clock.heardUser(at: 2 * millisecond)
    #expect(clock.frameDue == 10 * millisecond)
    clock.heardUser(at: 30 * millisecond)
    #expect(clock.frameDue == 10 * millisecond)
  }

  @Test("Mail is taken once a frame, together with the frame that shows it")
  func mail() {
    var clock = FrameClock(framesPerSecond: 25)
    clock.woke(at: 0)
    #expect(clock.timeout(at: 0, wantsFrame: false, awaitsMail: true) == 40)
    clock.drew(at: millisecond)
    #expect(clock.wakeDue == clock.frameDue)
    #expect(clock.timeout(at: 41 * millisecond, wantsFrame: false, awaitsMail: true) == -1)
  }

  @Test("Ticks come every interval, are not made up for, and stop")
  func ticks() {
    var clock = FrameClock(framesPerSecond: 25)
    func ticks(at time: Int) -> Bool { clock.ticks(every: 100, at: Int64(time) * millisecond) }
    #expect((0..<1000).filter(ticks) == Array(stride(from: 100, to: 1000, by: 100)))
    #expect([5000, 5050, 5099, 5100].filter(ticks) == [5000, 5100])
    let ticksWithout = clock.ticks(every: nil, at: 9000 * millisecond)
    #expect(!ticksWithout)
    #expect(clock.timeout(at: 0, wantsFrame: false, awaitsMail: false) == -1)
  }
}
