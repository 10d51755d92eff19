"""From what is known of a village in a month to an explained class.

A rule set (`rulesets/*.toml`, versioned data with source and validity) turns inputs into 12 scores of 1-4, these into
an input, a process and an output index, and the three into Dasar, Berkembang, Mandiri or Berkelanjutan. `portal-2023`
is the national portal as it is, defects included; `balai-2026` mends them. Every outcome is stored with its inputs,
scores and reasons; a village whose inputs did not change gets no new row.
"""
