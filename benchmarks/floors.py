"""The same rows by plain SQL: the least any program on this database could do."""

_ROW = """
    SELECT h.id, h.number, h.state, h.level, h.category, h.channel, h.description, h.place, h.responsible_person,
           h.responsible_phone, h.reported_at, h.confirmed_at, h.due_at, h.original_due_at, h.rectified_at, h.closed_at,
           h.found_on, h.spent, h.listed_as, h.ladder_step, u.name, a.name, d.name, s.name
    FROM hazards_hazard h
    JOIN units_unit u ON u.id = h.unit_id
    JOIN units_area a ON a.id = u.area_id
    LEFT JOIN units_unit d ON d.id = h.department_id
    LEFT JOIN units_sector s ON s.id = h.sector_id
"""
_NEWEST = "ORDER BY h.reported_at DESC, h.id DESC"
_OWN = "WHERE h.area_path LIKE %(area)s AND h.state <> 'draft'"
_IN = "h.confirmed_at >= %(month)s"
_STOCK = "h.confirmed_at IS NOT NULL AND h.closed_at IS NULL AND h.transferred_at IS NULL"

PAGE = f"{_ROW} {_OWN} {_NEWEST} LIMIT 25"
API_PAGE = f"{_ROW} {_OWN} {_NEWEST} LIMIT 50"
DEEP_PAGE = f"{_ROW} {_OWN} {_NEWEST} LIMIT 25 OFFSET %(offset)s"
FILTERED = f"""
    {_ROW} WHERE h.area_path LIKE %(village)s AND h.level = 'key' AND h.search_text LIKE '%%配电箱%%' {_NEWEST} LIMIT 25
"""
FOUND = f"{_ROW} {_OWN} AND h.search_grams @> ARRAY['配电', '电箱']::varchar[] AND h.search_text LIKE '%%配电箱%%' ORDER BY h.id DESC LIMIT 11"
DETAIL = (
    f"{_ROW} WHERE h.id = %(closed)s",
    """
    SELECT e.*, x.name FROM hazards_hazardevidence e JOIN evidence_attachment x ON x.id = e.attachment_id
    WHERE e.hazard_id = %(closed)s
    """,
    "SELECT * FROM hazards_hazardevent WHERE hazard_id = %(closed)s ORDER BY seq",
)
EXPORT = f"{_ROW} {_OWN} AND h.reported_at >= %(exported_from)s {_NEWEST}"
DUE = "SELECT id FROM hazards_hazard WHERE next_step_at <= %(now)s ORDER BY next_step_at, id LIMIT 200"
DUE_WHOLE = """
    SELECT h.*, u.name FROM hazards_hazard h JOIN units_unit u ON u.id = h.unit_id WHERE h.id > %(after)s
"""
MONTH_BY_VILLAGE = f"""
    SELECT left(h.area_path, 15),
           count(*) FILTER (WHERE {_IN}), count(*) FILTER (WHERE h.closed_at >= %(month)s), count(*) FILTER (WHERE {_STOCK}),
           count(*) FILTER (WHERE {_STOCK} AND h.due_at < %(now)s AND h.submitted_at IS NULL),
           count(*) FILTER (WHERE h.due_at >= %(month)s AND h.due_at < %(now)s),
           count(*) FILTER (WHERE h.due_at >= %(month)s AND h.due_at < %(now)s AND h.rectified_at <= h.due_at)
    FROM hazards_hazard h
    WHERE h.area_path LIKE %(area)s AND h.confirmed_at IS NOT NULL
      AND (h.closed_at IS NULL OR h.closed_at >= %(month)s OR (h.due_at >= %(month)s AND h.due_at < %(now)s))
    GROUP BY 1
"""
TREND = """
    SELECT date_trunc('month', h.confirmed_at), date_trunc('month', h.closed_at), count(*)
    FROM hazards_hazard h WHERE h.area_path LIKE %(area)s AND h.confirmed_at >= %(month)s - interval '11 months'
    GROUP BY 1, 2
"""
LAST_MONTH_IDS = """
    SELECT h.id FROM hazards_hazard h
    WHERE h.area_path LIKE %(area)s AND h.confirmed_at < %(month)s
      AND (h.closed_at IS NULL OR h.closed_at >= %(month)s - interval '1 month')
"""
