#!/usr/bin/env python3
"""An evaluator command for `exturbo optimize`: a two-stage Miller op-amp by textbook formulas.

Reads one request a line, writes one reply a line, until its input ends. Transistors follow the EKV model in saturation,
from weak to strong inversion, so that gm/ID falls with the inversion coefficient as it does on silicon.
SPDX-License-Identifier: BSD-3-Clause
"""
import json
import math
import sys

UT = 0.0259  # thermal voltage, V
SLOPE = 1.3  # of weak inversion
KP_N, KP_P = 280e-6, 70e-6  # mobility times oxide capacitance, A/V^2
EARLY = 8e6  # Early voltage per length, V/m
OXIDE = 8.5e-3  # gate capacitance per area, F/m^2
VDD, LOAD = 1.8, 10e-12


def gm_and_vdsat(current, w, l, kp):
    """Transconductance in S and saturation voltage in V; ic is the inversion coefficient."""
    ic = current / (2 * SLOPE * kp * UT**2 * w / l)
    return current / (SLOPE * UT) / (0.5 + math.sqrt(0.25 + ic)), 2 * UT * math.sqrt(ic + 0.25) + 3 * UT


def evaluate(v):
    """Metrics of a design in SI units, gains in dB, angles in degrees; ValueError if it cannot be biased."""
    tail, out = v["i_tail"], v["i_out"]
    gm1, _ = gm_and_vdsat(tail / 2, v["w1"], v["l1"], KP_P)
    gm2, vdsat2 = gm_and_vdsat(out, v["w6"], v["l6"], KP_N)
    _, vdsat7 = gm_and_vdsat(out, 2.5 * v["w6"], v["l6"], KP_P)
    if vdsat2 + vdsat7 > VDD - 0.4:
        raise ValueError("the output stage has no room: its saturation voltages add up to %.2f V" % (vdsat2 + vdsat7))
    gain1 = gm1 / (tail / (EARLY * v["l1"]))
    gain2 = gm2 / (2 * out / (EARLY * v["l6"]))
    cc = v["cc"]
    cgs6 = 2 / 3 * OXIDE * v["w6"] * v["l6"]
    ugf = gm1 / cc  # rad/s
    pole2 = gm2 * cc / (cgs6 * LOAD + cc * (cgs6 + LOAD))
    zero = 1 / (cc * (1 / gm2 - v["rz"]))  # of the compensation with its resistor; negative: in the left half plane
    phase = 180 - 90 - math.degrees(math.atan(ugf / pole2)) - math.degrees(math.atan(ugf / zero))
    return {
        "dc_gain": 20 * math.log10(gain1 * gain2),
        "unity_gain_frequency": ugf / (2 * math.pi),
        "phase_margin": phase,
        "slew_rate": min(tail / cc, out / (LOAD + cc)),
        "power": VDD * (tail + out),
        "input_capacitance": 2 / 3 * OXIDE * v["w1"] * v["l1"],
    }


for line in sys.stdin:
    request = json.loads(line)
    reply = {"id": request["id"]}
    try:
        reply["metrics"] = evaluate(request["variables"])
    except (ValueError, ZeroDivisionError) as error:
        reply["error"] = str(error)
    print(json.dumps(reply), flush=True)  # without the flush both sides would wait for ever
