"""How drives, their goods and papers are shown.

`drives` shows drives, `goods` stock, slips, boxes, shipments and traces, `public` what donors and the
public are told; `loading` loads names for all of them.
"""
